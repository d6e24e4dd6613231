// Words of the headset's buttons on the settings page.
type Words = {
  title: string
  use: string
  choose: string
  other: string
  forget: string
  connected: (name: string) => string
  note: Record<'unsupported' | 'off' | 'none' | 'connected', string>
  failed: Record<'busy' | 'noButtons', (name: string) => string>
}

const zh: Words = {
  title: '耳机按键',
  use: '用耳机上的键',
  choose: '连接耳机',
  other: '换一个',
  forget: '不再用它',
  connected: (name) => `已连接 ${name}`,
  note: {
    unsupported: '这个浏览器不能用耳机上的键，接听、静音请按键盘',
    off: '耳机上的键现在不起作用',
    none: '插上耳机，点“连接耳机”选一次，以后插上就能用',
    connected: '来电按一下接听；通话中按一下会先问，不会直接挂断',
  },
  failed: {
    busy: (name) => `${name} 打不开，可能被别的程序占用，请关掉那个程序再连`,
    noButtons: (name) => `${name} 没有能用的键`,
  },
}

const en: Words = {
  title: 'Headset buttons',
  use: 'Use the buttons of the headset',
  choose: 'Connect a headset',
  other: 'Another one',
  forget: 'Forget it',
  connected: (name) => `${name} connected`,
  note: {
    unsupported: 'This browser cannot read headset buttons: use the keyboard',
    off: 'The buttons of the headset do nothing now',
    none: 'Plug it in and choose it once; from then on it is found',
    connected: 'A press answers a ring; during a call it asks first',
  },
  failed: {
    busy: (name) => `${name} cannot be opened: another program may have it`,
    noButtons: (name) => `${name} has no buttons for calls`,
  },
}

export const headset = { zh, en }
