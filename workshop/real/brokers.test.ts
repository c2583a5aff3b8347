import { afterEach, expect, test, vi } from 'vitest'
import { SetupProblem } from '../command.ts'
import { realBrokers } from './brokers.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Nothing listens on the first port. */
function withoutRabbitmq({ isRequired }: { readonly isRequired: boolean }): void {
  vi.stubEnv('AMQP_URL', 'amqp://127.0.0.1:1')
  vi.stubEnv('REQUIRE_RABBITMQ', isRequired ? '1' : '')
}

async function brokersFor(wish?: string) {
  const printed: string[] = []
  const brokers = await realBrokers(wish, (line) => printed.push(line))
  return { brokers, printed: printed.join('\n') }
}

test('where RabbitMQ does not answer, it is left out, and that is said', async () => {
  withoutRabbitmq({ isRequired: false })
  const { brokers, printed } = await brokersFor()
  expect(brokers).toEqual([{ kind: 'sqlite' }])
  expect(printed).toMatch(/^RabbitMQ is left out: expected RabbitMQ to answer at 127\.0\.0\.1:1/)
})

test('where it is required, that is a problem', async () => {
  withoutRabbitmq({ isRequired: true })
  await expect(brokersFor()).rejects.toThrow(SetupProblem)
})

test('where it alone is asked for, likewise', async () => {
  withoutRabbitmq({ isRequired: false })
  await expect(brokersFor('rabbitmq')).rejects.toThrow(SetupProblem)
})

test('who asks for the embedded broker is not told of another one', async () => {
  withoutRabbitmq({ isRequired: true })
  expect(await brokersFor('sqlite')).toEqual({ brokers: [{ kind: 'sqlite' }], printed: '' })
})

test('a broker that does not exist is answered with those that do', () =>
  expect(brokersFor('pigeon')).rejects.toThrow(
    'expected --broker sqlite or rabbitmq, got "pigeon"',
  ))
