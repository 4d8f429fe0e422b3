/// For how long a server's answers are waited for.
struct PostgresPatience {
  /// The number of seconds for which each host is tried.
  let connectSeconds: Int
  /// The greatest number of milliseconds for which a statement's answer is waited for; below 0 there is none.
  let answerMilliseconds: Int32
  /// The number of milliseconds for which a statement waits for a lock, as others hold while they upgrade the store; 0 for
  /// no limit.
  let lockMilliseconds: Int
  /// The number of milliseconds after which a peer is given up that acknowledges nothing.
  let silenceMilliseconds: Int

  /// Whether the server is to notice within seconds that nobody waits for an answer any more.
  var seesLostClients: Bool { answerMilliseconds >= 0 }

  /// A person's change may last.
  static let ofPeople = PostgresPatience(
    connectSeconds: 10, answerMilliseconds: -1, lockMilliseconds: 0, silenceMilliseconds: 20_000)
  /// Behind a gate, a proxy waits.
  static let ofGates = PostgresPatience(
    connectSeconds: 2, answerMilliseconds: 2_000, lockMilliseconds: 500, silenceMilliseconds: 2_000)
}

/// Tells one run of one server from all others.
struct PostgresServerName: Hashable, Sendable {
  let text: String

  static let unknown = PostgresServerName(text: "")

  /// The query whose row ``init(_:)`` reads, with the number of the server's process behind it. No two servers start in the same microsecond under the same address.
  static let query = """
    SELECT concat_ws(' ', inet_server_addr()::text, inet_server_port()::text,
      extract(epoch FROM pg_postmaster_start_time())::text), pg_backend_pid()::text
    """

  private init(text: String) { self.text = text }

  init(_ rows: PostgresRows) { text = rows.next() ? rows.text(0) ?? "" : "" }
}
