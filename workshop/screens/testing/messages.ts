// What failed tests say, as runs of this workshop have said it: our own failures with their
// pictures, and those of whoever else found something. For tests only.

const duplicate80 = `
     orders              orders-1   ItemAdded  store
     (queue)             (process)   (queue)
   1    │─AddItem(porsche)──>┃          │        │
   2    │                    ┃───load order-1───>│ nothing           orders.ts:6
   3    │                    ┃─────────>│ ItemAdded(porsche)         orders.ts:8
   4    │                    ┃───save order-1───>│ [porsche]         orders.ts:9
   5    │<────────ack────────┃          │        │
  !6    │═AddItem(porsche)══>┃ a duplicate       │
   7    │                    ┃───load order-1───>│ [porsche]         orders.ts:6
   8    │                    ┃─────────>│ ItemAdded(porsche)         orders.ts:8
   9    │                    ┃───save order-1───>│ [porsche, porsche]
  10    │<────────ack────────┃          │        │
  ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
  ┃ DUPLICATE_EFFECT: expected "porsche" once, got it 2 times                ┃
  ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
`

const duplicate60 = `
     orders  orders-1   ItemAdded  store
     (queue) (process)   (queue)
   1    │───────>┃ AddItem(porsche)  │
   2    │        ┃───load order-1───>│ nothing   orders.ts:6
   3    │        ┃─────────>│ ItemAdded(porsche)
   4    │        ┃───save order-1───>│ [porsche]
   5    │<──ack──┃          │        │
  !6    │═══════>┃ AddItem(porsche): a duplicate
   7    │        ┃───load order-1───>│ [porsche]
   8    │        ┃─────────>│ ItemAdded(porsche)
   9    │        ┃───save order-1───>│ [porsche, porsche]
  10    │<──ack──┃          │        │
  ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
  ┃ DUPLICATE_EFFECT: expected "porsche" once, got it 2  ┃
  ┃ times                                                ┃
  ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
`

/** The picture of a porsche that came twice, as `explore` draws it for so many columns. */
const pictureFor = (columns: number): string => (columns < 80 ? duplicate60 : duplicate80)

export const duplicateMessage = (columns: number): string =>
  `DUPLICATE_EFFECT: expected "porsche" once, got it 2 times
${pictureFor(columns)}
See it step by step:
  npx -y pnpm@12 workshop replay 03 --schedule d3-0.2kz`

/** A further failure: only its sentence and its replay line are shown, and the one only in
 *  lines. */
export const lostMessage = (columns: number): string =>
  `LOST_MESSAGE: expected "sledge" in order-1, got [porsche]: its command was acknowledged, and nothing of it was saved
${pictureFor(columns)}
See it step by step:
  npx -y pnpm@12 workshop replay 03 --schedule 7k-1.8re`

export const stuckMessage = `STUCK: expected the code to wait for something or to end, got a loop without end after the step "given-1#1: load store order-1"

     orders              orders-1           store
     (queue)             (process)
   1    │─AddItem(porsche)──>┃                │
   2    │                    ┃─load order-1──>│ nothing

See it step by step:
  npx -y pnpm@12 workshop replay 03 --schedule 98-0`

export const timeoutMessage =
  'expected an end within 15 s, got none. This is usually a loop that never leaves a handler: look for a condition that stays true'

export const syntaxMessage = `Transform failed with 1 error:

[PARSE_ERROR] Expected a semicolon or an implicit semicolon after a statement, but found none
   ╭─[ exercises/03-idempotent-business-logic/orders.ts:6:14 ]
   │
 6 │   const order == await store.load(body.orderId, emptyOrder)
   │              │\u0020
   │              ╰─\u0020
   │\u0020
   │ Help: Try inserting a semicolon here
───╯
`

export const assertionMessage = `expected { outbox: 'list', sent: 1 } to deeply equal { outbox: 'null', sent: 1 }
at exercises/03-idempotent-business-logic/orders.test.ts:61

- Expected
+ Received

  {
-   "outbox": "null",
+   "outbox": "list",
    "sent": 1,
  }`

export const traceText = (columns: number): string =>
  `   1  orders-1     is handed AddItem(porsche), attempt 1 (duplicates)
   2  orders-1     load order-1 = nothing   orders.ts:6
   3  orders-1     sends ItemAdded(porsche) to ItemAdded   orders.ts:8
   4  orders-1     save order-1 = [porsche]   orders.ts:9
   5  orders-1     ack AddItem(porsche)
   6  orders-1     is handed AddItem(porsche), attempt 1
   7  orders-1     load order-1 = [porsche]   orders.ts:6
   8  orders-1     sends ItemAdded(porsche) to ItemAdded   orders.ts:8
   9  orders-1     save order-1 = [porsche, porsche]   orders.ts:9
  10  orders-1     ack AddItem(porsche)
      DUPLICATE_EFFECT: expected "porsche" once, got it 2 times
${pictureFor(columns).trimEnd()}`
