// Loaded into every process the stand-in starts: ends it when the stand-in is gone, however it went.
process.on('disconnect', () => process.exit())
process.channel?.unref()
