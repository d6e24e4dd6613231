// What is said when the centre has done a step of a work order.
import type { TicketActionName } from '../../contract/tickets.ts'

export const zhDone: Record<TicketActionName, string> = {
  sign: '签收成功',
  reply: '反馈成功，派单的坐席能看到',
  return: '退单成功，已退回热线',
  ask: '已申请延期，等班长批复',
  grant: '已同意延期，新时限已生效',
  deny: '已答复不同意延期',
  redispatch: '已改派，两个时限重新算起',
}
export const enDone: Record<TicketActionName, string> = {
  sign: 'Signed',
  reply: 'Replied; the agent can see it',
  return: 'Returned to the hotline',
  ask: 'Asked; the lead decides',
  grant: 'Granted; the new limit holds',
  deny: 'Denied',
  redispatch: 'Dispatched anew; both limits count from now',
}
