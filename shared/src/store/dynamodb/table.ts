// The one table that a store uses, as data for `CreateTable`, and what its attributes mean. Names
// are one letter: DynamoDB counts them as part of each item.
//
//     p  the partition          s  the rest of the key, `.` where there is none
//     v  the value, as JSON     n  the version: the number that its write made up
//     t  when it was written, in microseconds, by the clock of the writer
//     q  only while pending: one of a few names, by which the index `pending` finds it
//     e  only where it expires: when, in seconds since 1970. Name it in `UpdateTimeToLive`

export const pendingIndex = 'pending'

/** What to call `CreateTable` with. Time to live is a second call, `UpdateTimeToLive`, for the
 *  attribute `e`; an endpoint without it keeps what has expired. */
export const dynamodbTable = (name: string) => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [
    { AttributeName: 'p', AttributeType: 'S' as const },
    { AttributeName: 's', AttributeType: 'S' as const },
    { AttributeName: 'q', AttributeType: 'S' as const },
    { AttributeName: 't', AttributeType: 'N' as const },
  ],
  KeySchema: [
    { AttributeName: 'p', KeyType: 'HASH' as const },
    { AttributeName: 's', KeyType: 'RANGE' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: pendingIndex,
      KeySchema: [
        { AttributeName: 'q', KeyType: 'HASH' as const },
        { AttributeName: 't', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    },
  ],
})
