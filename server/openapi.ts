// /openapi.json: the table of contract/api.ts in the words of OpenAPI 3.1.
import { z } from 'zod'
import { Problem } from '../contract/answer.ts'
import { api, type ApiName, type Route } from '../contract/api.ts'
import { PROTOCOL } from '../contract/version.ts'
import { apiNames } from './centre.ts'
import { statusOf } from './problems.ts'

const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): object => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const json = (schema: object): object => ({ 'application/json': { schema } })

const operation = (name: ApiName): object => {
  const { method, access, input, output }: Route = api[name]
  const failures = [...new Set(Object.values(statusOf))].sort((a, b) => a - b)
  return {
    operationId: name,
    description: typeof access === 'string' ? `Access: ${access}` : `Access: ${access.join(', ')}`,
    ...(typeof access === 'string' ? {} : { security: [{ bearer: [] }] }),
    ...(method === 'GET' ? {} : { requestBody: { required: true, content: json(schemaOf(input, 'input')) } }),
    responses: {
      200: {
        description: 'ok',
        content: json({
          type: 'object',
          required: ['ok', 'value'],
          properties: { ok: { const: true }, value: schemaOf(output, 'output') },
        }),
      },
      ...Object.fromEntries(
        failures.map((status) => [
          status,
          { description: 'problem', content: json({ $ref: '#/components/schemas/Failure' }) },
        ]),
      ),
    },
  }
}

export const openapi = (): object => ({
  openapi: '3.1.0',
  info: { title: '12351 central server', version: String(PROTOCOL) },
  paths: Object.fromEntries(
    apiNames.map((name) => [api[name].path, { [api[name].method.toLowerCase()]: operation(name) }]),
  ),
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Failure: {
        type: 'object',
        required: ['ok', 'problem'],
        properties: { ok: { const: false }, problem: schemaOf(Problem, 'output') },
      },
    },
  },
})
