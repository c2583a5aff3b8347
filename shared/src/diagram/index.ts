export { folded, type FoldOptions } from './fold.ts'
export { lanesOf } from './model.ts'
export type {
  Diagram,
  DiagramEvent,
  Fate,
  Lane,
  LaneKind,
  MessageLabel,
  Outcome,
  Source,
  Verdict,
} from './model.ts'
export { svgDiagram } from './svg.ts'
export { svgCurves, type Curve, type Curves } from './svg-curves.ts'
export { textDiagram } from './text.ts'
