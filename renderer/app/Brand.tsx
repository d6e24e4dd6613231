// The mark: a speech bubble with 工 in it. Not the union's emblem.
type Props = { readonly size?: number }

export const Brand = ({ size = 32 }: Props) => (
  <svg width={size} height={(size * 30) / 32} viewBox="0 0 32 30" aria-hidden="true">
    <path
      d="M5 0h22a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5H13.5L7 29.4c-.8.6-1.7.1-1.7-.9V24A5 5 0 0 1 0 19V5a5 5 0 0 1 5-5Z"
      fill="var(--gold-band)"
    />
    <path
      d="M8.2 6.4h15.6M16 6.4v11M6.6 17.6h18.8"
      stroke="#0f2f2d"
      strokeWidth="3"
      strokeLinecap="round"
      fill="none"
    />
  </svg>
)
