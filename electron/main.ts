// Puts the desktop together. Decides the order of things; each concern lives in its own file.
import { app } from 'electron'

app.enableSandbox()
