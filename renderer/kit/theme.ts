// Ant Design in our colours: the tokens of kit/tokens.css spelled once more in the form Ant Design wants,
// because its algorithms compute with them and cannot read CSS variables.
import type { ThemeConfig } from 'antd'
import { theme as antTheme } from 'antd'

type Palette = {
  readonly canvas: string
  readonly panel: string
  readonly raised: string
  readonly line: string
  readonly control: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly primary: string
  readonly primary50: string
  readonly primaryLine: string
  readonly onPrimary: string
  readonly goldDeep: string
  readonly gold50: string
  readonly goldLine: string
  readonly red: string
  readonly red50: string
  readonly redLine: string
  readonly slate: string
  readonly slate50: string
  readonly green: string
  readonly green50: string
}

export const light: Palette = {
  canvas: '#EFF1EE',
  panel: '#FFFFFF',
  raised: '#F7F8F6',
  line: '#DCE1DD',
  control: '#7F8C88',
  ink: '#15201E',
  ink2: '#43504D',
  ink3: '#61706B',
  primary: '#17615B',
  primary50: '#EDF5F3',
  primaryLine: '#8DBBB4',
  onPrimary: '#FFFFFF',
  goldDeep: '#85560A',
  gold50: '#FEF8EA',
  goldLine: '#D9AE5B',
  red: '#B8261B',
  red50: '#FDEEEB',
  redLine: '#E39A92',
  slate: '#38527A',
  slate50: '#EAF0F8',
  green: '#1B7542',
  green50: '#E6F4EB',
}

export const dark: Palette = {
  canvas: '#0D1615',
  panel: '#152120',
  raised: '#1B2928',
  line: '#2C3B39',
  control: '#6F807B',
  ink: '#E8EFEC',
  ink2: '#BAC8C4',
  ink3: '#94A5A0',
  primary: '#62C6B6',
  primary50: '#17302D',
  primaryLine: '#3C7A72',
  onPrimary: '#06201D',
  goldDeep: '#F0C372',
  gold50: '#2B2413',
  goldLine: '#8A6A2C',
  red: '#FF9C8F',
  red50: '#3A1B18',
  redLine: '#8B423A',
  slate: '#A9C1E6',
  slate50: '#1B2738',
  green: '#6FCE97',
  green50: '#15301F',
}

export const family = "'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', system-ui, sans-serif"

/** `low`: a window of at most 820 px height, where the form must still fit without scrolling. */
export const themeOf = (look: { readonly dark: boolean; readonly low: boolean }): ThemeConfig => {
  const c = look.dark ? dark : light
  const height = look.low ? 29 : 32
  return {
    algorithm: look.dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    // Our own switch of themes must not flash through a half-changed state.
    hashed: false,
    token: {
      fontFamily: family,
      fontSize: 14,
      lineHeight: 1.57,
      fontWeightStrong: 700,
      colorPrimary: c.primary,
      colorPrimaryHover: c.primary,
      colorPrimaryActive: c.primary,
      colorPrimaryBg: c.primary50,
      colorPrimaryBgHover: c.primary50,
      colorPrimaryBorder: c.primaryLine,
      colorPrimaryText: c.primary,
      colorLink: c.primary,
      colorLinkHover: c.primary,
      colorLinkActive: c.primary,
      colorTextLightSolid: c.onPrimary,
      colorText: c.ink,
      colorTextHeading: c.ink,
      colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3,
      colorTextDescription: c.ink3,
      colorTextPlaceholder: c.ink3,
      colorTextDisabled: c.ink3,
      colorIcon: c.ink2,
      colorIconHover: c.ink,
      colorBgLayout: c.canvas,
      colorBgContainer: c.panel,
      colorBgElevated: c.panel,
      colorBgContainerDisabled: c.raised,
      colorFillAlter: c.raised,
      colorBorder: c.control,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      colorError: c.red,
      colorErrorText: c.red,
      colorErrorTextHover: c.red,
      colorErrorBg: c.red50,
      colorErrorBorder: c.redLine,
      colorWarning: c.goldDeep,
      colorWarningText: c.goldDeep,
      colorWarningBg: c.gold50,
      colorWarningBorder: c.goldLine,
      colorInfo: c.slate,
      colorInfoText: c.slate,
      colorInfoBg: c.slate50,
      colorInfoBorder: c.line,
      colorSuccess: c.green,
      colorSuccessText: c.green,
      colorSuccessBg: c.green50,
      borderRadius: 8,
      borderRadiusSM: 6,
      borderRadiusLG: 12,
      borderRadiusXS: 5,
      controlHeight: height,
      controlHeightSM: 26,
      controlHeightLG: 38,
      controlOutline: look.dark ? 'rgba(98,198,182,0.28)' : 'rgba(23,97,91,0.18)',
      controlItemBgActive: c.primary50,
      controlItemBgActiveHover: c.primary50,
      motionDurationFast: '0.12s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.12s',
      motionEaseInOut: 'ease-out',
      wireframe: false,
    },
    components: {
      Button: {
        fontWeight: 700,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        defaultColor: c.ink,
        defaultBorderColor: c.control,
        paddingInline: 14,
        borderRadiusLG: 8,
      },
      Segmented: {
        trackBg: look.dark ? c.raised : '#E6EAE7',
        itemSelectedBg: c.panel,
        itemSelectedColor: c.primary,
        itemColor: c.ink2,
        itemHoverColor: c.ink,
        trackPadding: 2,
      },
      Table: { headerBg: c.raised, headerColor: c.ink2, rowHoverBg: c.raised, cellPaddingBlock: 8 },
      Tabs: { itemColor: c.ink2, titleFontSize: 14, horizontalMargin: '0' },
      Form: { itemMarginBottom: 0, labelColor: c.ink2, labelRequiredMarkColor: c.red },
      Input: { borderRadiusLG: 8 },
      Modal: { titleFontSize: 16 },
      Select: { optionSelectedFontWeight: 700 },
      Tooltip: { colorBgSpotlight: look.dark ? '#2C3B39' : '#15201E', colorTextLightSolid: '#F1F6F4' },
    },
  }
}
