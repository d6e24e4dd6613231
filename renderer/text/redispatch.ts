// Words of a lead who dispatches what a department returned in its agent's place (改派).

const zh = {
  head: '坐席没有重新派单的，您可以改派：',
  department: '派给哪个部门',
  limit: '办理时限',
  word: '派单意见',
  wordHint: '给承办单位的话；退单理由它看得到',
  send: '改派',
  need: '请选部门和时限，写上派单意见',
}

const en: typeof zh = {
  head: 'Where its agent does not send it again, you can:',
  department: 'To which department',
  limit: 'Time limit',
  word: 'A word to the department',
  wordHint: 'What it should know; it sees why the other one returned it',
  send: 'Dispatch anew',
  need: 'Please choose department and limit, and write a word',
}

export const redispatch = { zh, en }
