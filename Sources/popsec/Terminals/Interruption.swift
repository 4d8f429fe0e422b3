import Dispatch
import Foundation
import Synchronization

/// Handles SIGINT, SIGTERM and SIGHUP while it exists: the present work ends after its next step.
final class Interruption {
  private final class Mark: Sendable { let isSet = Atomic(false) }

  private let mark = Mark()
  private let sources: [any DispatchSourceSignal]

  init() {
    let queue = DispatchQueue(label: "popsec.interruption")
    let mark = mark
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { mark.isSet.store(true, ordering: .relaxed) }
      source.resume()
      return source
    }
  }

  var hasCome: Bool { mark.isSet.load(ordering: .relaxed) }
}
