// The single place that hands an address to the system's browser. Only https, only hosts on the list.
import { shell } from 'electron'
import { done, failed, type Answer } from '../contract/answer.ts'
import { words } from './words.ts'

// Public sites agents look things up on: the law database, the government portal, the trade union federation.
const publicHosts = ['flk.npc.gov.cn', 'www.gov.cn', 'www.acftu.org', 'www.12351.cn']

export function mayOpen(address: string, centre: string | null): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  const hosts = [...publicHosts, ...(centre === null ? [] : [URL.parse(centre)?.host])]
  return hosts.includes(url.host)
}

export async function openLink(address: string, centre: string | null): Promise<Answer<null>> {
  if (!mayOpen(address, centre)) return failed('forbidden', words.problem.linkRefused)
  await shell.openExternal(new URL(address).href)
  return done(null)
}
