/// A store on another machine, as code asks for it that keeps in memory what it read.
package protocol DistantStore: AnyObject, Sendable {
  /// Asks how far the store has come. `receiver` is called once, on any thread, with an answer that was true at some
  /// moment after this call; or with nil, where there is no answer.
  func ask(_ receiver: @escaping @Sendable (CommitMark?) -> Void)

  /// Whether the store's answers count now.
  var reach: StoreReach { get }

  /// Ends the connections.
  func stop()
}

/// How far a store had come at some moment.
package struct CommitMark: Hashable, Sendable {
  /// The number that each commit raises.
  package let number: Int64
  /// The server, in a form that tells it from all others.
  package let server: String

  package init(number: Int64, server: String) { (self.number, self.server) = (number, server) }

  /// Whether whoever has read this state knows whatever was committed before the other one was told.
  package func includes(_ other: CommitMark) -> Bool { server == other.server && number >= other.number }
}

/// Whether the answers of a store on another machine count.
package enum StoreReach: Hashable, Sendable {
  case reached
  case silent(StoreSilence)
  /// The store answers, and is not one that this program can use: a newer popsec upgraded it, for example. Then nothing
  /// that was kept of the store counts either.
  case useless(StoreError)
}

/// A store on another machine has not answered, or has not shown that its answers count.
package struct StoreSilence: Hashable, Sendable {
  /// For how many seconds, rounded down.
  package let seconds: Int
  /// For how many seconds of it a gate may answer by what it knew.
  package let staleSeconds: Int
  /// The last that was heard of the store. Who has not read that must not answer by what it knew.
  package let heard: CommitMark?

  package init(seconds: Int, staleSeconds: Int, heard: CommitMark?) {
    (self.seconds, self.staleSeconds, self.heard) = (seconds, staleSeconds, heard)
  }
}
