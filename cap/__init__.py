"""The commands. Each reads its options, asks a service, prints; nothing is decided here."""
