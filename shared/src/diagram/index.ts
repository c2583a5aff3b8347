export { folded, type FoldOptions } from './fold.ts'
export { lanesOf } from './model.ts'
export type {
  Diagram,
  DiagramEvent,
  Lane,
  LaneKind,
  MessageLabel,
  Outcome,
  Source,
  Verdict,
} from './model.ts'
export { svgDiagram } from './svg.ts'
export { textDiagram } from './text.ts'
