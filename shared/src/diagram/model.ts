// A run as a picture: lanes side by side, events from top to bottom, and what the run shows to be
// wrong. It is plain data, so that it can be written by hand, stored and compared. It says what
// happened, not how it looks; marks.ts gives each event its looks. Whoever builds one chooses the
// words: labels are short, like `AddItem(porsche)` or `load order-1`.

export type Diagram = {
  /** From left to right. A queue is best put before its consumers, a store last. */
  readonly lanes: readonly Lane[]
  /** In the order in which they happened. */
  readonly events: readonly DiagramEvent[]
  /** Absent where the run was right. */
  readonly verdict?: Verdict
}

export type Lane = {
  /** By which events name it. */
  readonly id: string
  /** As it stands above the lane. */
  readonly title: string
  readonly kind: LaneKind
}

export type LaneKind = 'client' | 'process' | 'queue' | 'store'

export type Verdict = {
  /** `LOST_MESSAGE` */
  readonly code: string
  /** `expected ..., got ...` */
  readonly sentence: string
  /** Lanes, keys and message ids that the failure has to do with. Empty: nobody knows, and then
   *  nothing is left out of the picture. */
  readonly about: readonly string[]
  /** After which step it broke. Default: at the end of the run. */
  readonly step?: number
}

export type DiagramEvent = EventBase &
  (
    | Sent
    | HandedOut
    | Settled
    | Exchanged
    | Call
    | Crashed
    | Restarted
    | LeaseExpired
    | TimePassed
    | Coin
    | Note
    | Folded
  )

export type EventBase = {
  /** 1, 2, 3 ... Several events may belong to one step. */
  readonly step: number
  /** Where in the reader's code it was asked for. */
  readonly source?: Source
  /** Keys and message ids that it touches, besides its lanes and its own message. */
  readonly about?: readonly string[]
  /** The piece of work that it belongs to, usually a delivery: any name that is unique in the
   *  run. */
  readonly work?: string
  /** Whether a budget of faults was spent on it. What can be nothing but a fault, such as a crash,
   *  counts as one without. */
  readonly isFault?: boolean
}

export type Source = { readonly file: string; readonly line: number }

export type MessageLabel = {
  readonly id: string
  /** `AddItem(porsche)` */
  readonly label: string
}

/** What became of an operation, as its caller is told and as it really is. */
export type Outcome =
  | {
      readonly is: 'done'
      /** What the caller is told, where it is worth showing: `[porsche] v1`. */
      readonly answer?: string
    }
  | {
      /** It certainly did not happen, and the caller knows. */
      readonly is: 'refused'
      readonly error: string
    }
  | {
      /** It did not happen, and the caller believes that it did. */
      readonly is: 'lost'
    }
  | {
      /** The caller is told that nobody knows. */
      readonly is: 'unknown'
      readonly error: string
      /** What nobody knows. */
      readonly happened: boolean
    }

/** A message goes from a lane to a queue. */
export type Sent = {
  readonly kind: 'sent'
  readonly from: string
  readonly to: string
  readonly message: MessageLabel
  readonly outcome: Outcome
}

/** A queue hands a message to a consumer. */
export type HandedOut = {
  readonly kind: 'handed out'
  readonly from: string
  readonly to: string
  readonly message: MessageLabel
  /** 1, 2, 3 ... */
  readonly attempt: number
  /** For a copy that the broker made: right after the original, or at any later time. */
  readonly copy?: 'duplicate' | 'late copy'
  /** Whether it overtook another message. */
  readonly isOutOfOrder?: boolean
}

/** A consumer tells the queue what to do with a message that it was handed. */
export type Settled = {
  readonly kind: 'settled'
  readonly from: string
  readonly to: string
  readonly message: MessageLabel
  /** To a queue; or, where a client has called a service, to her. */
  readonly how: 'ack' | 'retry' | 'release' | 'dead letter' | 'thank you' | 'sorry, it failed'
  readonly reason?: string
  /** Whether it came too late and had no effect: the message had been handed to somebody else. */
  readonly isStale?: boolean
}

/** A request goes from its caller to a server, or a response back. */
export type Exchanged = {
  readonly kind: 'exchanged'
  readonly from: string
  readonly to: string
  /** `POST /payments`, `201` */
  readonly label: string
  readonly fate: Fate
  /** Whether the same request was sent before. */
  readonly isCopy: boolean
  /** What else is to be said, beside its end. May be empty. */
  readonly aside: string
}

/** `unheard`: it arrives, and nobody waits for it. */
export type Fate = 'arrives' | 'lost' | 'refused' | 'unheard'

/** A process asks a store, and is answered. */
export type Call = {
  readonly kind: 'call'
  readonly from: string
  readonly to: string
  /** `load order-1` */
  readonly label: string
  readonly isWrite: boolean
  readonly outcome: Outcome
}

/** A process dies, with all that it remembers. Its lane stops here ... */
export type Crashed = { readonly kind: 'crashed'; readonly lane: string }

/** ... and goes on here. */
export type Restarted = { readonly kind: 'restarted'; readonly lane: string }

/** A queue takes a message back from a consumer that may still be working on it. */
export type LeaseExpired = {
  readonly kind: 'lease expired'
  readonly lane: string
  readonly message: MessageLabel
}

/** Nothing happens but time. */
export type TimePassed = { readonly kind: 'time passed'; readonly nowMs: number }

/** A choice by chance, asked for by the code. */
export type Coin = {
  readonly kind: 'coin'
  readonly lane: string
  readonly label: string
  readonly isHeads: boolean
}

/** Whatever else is worth saying, such as a line of a log. */
export type Note = { readonly kind: 'note'; readonly lane: string; readonly text: string }

/** What was left out here. Only `folded` makes it. */
export type Folded = {
  readonly kind: 'folded'
  /** How many steps, of whom, and what they were about. */
  readonly steps: number
  readonly titles: readonly string[]
  readonly labels: readonly string[]
}

/** The lanes that an event stands on. */
export function lanesOf(event: DiagramEvent): readonly string[] {
  switch (event.kind) {
    case 'sent':
    case 'handed out':
    case 'settled':
    case 'exchanged':
    case 'call':
      return [event.from, event.to]
    case 'crashed':
    case 'restarted':
    case 'lease expired':
    case 'coin':
    case 'note':
      return [event.lane]
    case 'time passed':
    case 'folded':
      return []
  }
}

/** Whether something went wrong here, as opposed to what the code did about it. */
export function isTrouble(event: DiagramEvent): boolean {
  if (event.isFault) return true
  switch (event.kind) {
    case 'sent':
    case 'call':
      return event.outcome.is !== 'done'
    case 'handed out':
      return event.copy !== undefined || event.isOutOfOrder === true
    case 'settled':
      return event.how === 'dead letter' || event.isStale === true
    case 'exchanged':
      return event.fate !== 'arrives' || event.isCopy
    case 'coin':
      return event.isHeads
    case 'crashed':
    case 'lease expired':
      return true
    case 'restarted':
    case 'time passed':
    case 'note':
    case 'folded':
      return false
  }
}
