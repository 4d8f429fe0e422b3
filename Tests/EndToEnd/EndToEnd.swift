import Testing

/// The built program as people and scripts meet it. One test at a time: they start programs,
/// terminals and servers.
@Suite(.serialized, .ownThread)
enum EndToEnd {}

/// Built gates, most of them behind proxies. These tests wait as much as the others do, and go on beside them.
@Suite(.serialized, .ownThread)
enum GatesEndToEnd {}
