import Testing

/// The built program as people and scripts meet it. One test at a time: they start programs,
/// terminals and servers.
@Suite(.serialized, .ownThread)
enum EndToEnd {}
