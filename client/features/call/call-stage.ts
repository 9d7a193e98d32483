// The contract lies beside the features, since the state of the whole screen names it: import '../call-stage.ts' instead of this.
export type * from '../call-stage.ts'
