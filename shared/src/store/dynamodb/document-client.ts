// What the store needs of a DynamoDB client. `DynamoDBDocument` of `@aws-sdk/lib-dynamodb` has this
// shape; this package does not depend on it, since few of its readers have a DynamoDB.

export type Item = Readonly<Record<string, unknown>>
export type Key = Readonly<Record<string, unknown>>

export type CallOptions = { readonly abortSignal: AbortSignal }

export type Condition = {
  readonly ConditionExpression: string
  readonly ExpressionAttributeValues?: Item
}

export type PutInput = { readonly TableName: string; readonly Item: Item } & Condition
export type DeleteInput = { readonly TableName: string; readonly Key: Key } & Condition
export type GetInput = {
  readonly TableName: string
  readonly Key: Key
  readonly ConsistentRead: boolean
}
export type QueryInput = {
  readonly TableName: string
  readonly IndexName?: string
  readonly KeyConditionExpression: string
  readonly FilterExpression?: string
  readonly ExpressionAttributeValues: Item
  readonly ConsistentRead?: boolean
  readonly Limit: number
  readonly ExclusiveStartKey?: Key
}
export type BatchGetInput = {
  readonly RequestItems: Readonly<
    Record<string, { readonly Keys: readonly Key[]; readonly ConsistentRead: boolean }>
  >
}
export type TransactWriteInput = {
  readonly TransactItems: readonly { readonly Put?: PutInput; readonly Delete?: DeleteInput }[]
  readonly ClientRequestToken?: string
}

export type QueryOutput = {
  readonly Items?: readonly Item[] | undefined
  readonly LastEvaluatedKey?: Key | undefined
}
export type BatchGetOutput = {
  readonly Responses?: Readonly<Record<string, readonly Item[]>> | undefined
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys?: unknown }>> | undefined
}

/** Inputs are written `Mutable`, as the SDK has them: it changes none of them. */
export interface DocumentClient {
  get(input: Mutable<GetInput>, options: CallOptions): Promise<{ readonly Item?: Item | undefined }>
  put(input: Mutable<PutInput>, options: CallOptions): Promise<unknown>
  delete(input: Mutable<DeleteInput>, options: CallOptions): Promise<unknown>
  query(input: Mutable<QueryInput>, options: CallOptions): Promise<QueryOutput>
  batchGet(input: Mutable<BatchGetInput>, options: CallOptions): Promise<BatchGetOutput>
  transactWrite(input: Mutable<TransactWriteInput>, options: CallOptions): Promise<unknown>
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T
