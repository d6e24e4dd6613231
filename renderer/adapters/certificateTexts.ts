// What is wrong with a certificate, said alike of the centre's and of the PBX's, in the agent's language.
import type { CertificateTrouble } from '../../contract/certificate.ts'

/** `meanwhile`: what that means for the one who reads it. */
export const certificateTexts = (whose: string, meanwhile: string): Record<CertificateTrouble, string> => ({
  expired: `${whose}的证书已过期，或电脑的时间不对，没有连接，${meanwhile}。请联系管理员更换证书。`,
  untrusted: `${whose}的证书不可信（如自签名），没有连接，${meanwhile}。请联系管理员检查证书。`,
  wrongHost: `${whose}的证书不是这个地址的，没有连接，${meanwhile}。请联系管理员检查证书。`,
})
