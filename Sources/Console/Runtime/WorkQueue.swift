private import Dispatch

/// Runs pieces of work beside the loop, a few at a time, so that a slow store doesn't gather threads.
struct WorkQueue {
  struct Piece: Sendable {
    var address: ReturnAddress
    var work: @Sendable () -> Effect<ErasedMessage>
  }

  private var waiting: [Piece] = []
  private var running = 0
  private let most = 3
  private let queue = DispatchQueue(label: "console.work", attributes: .concurrent)
  private let mailbox: Mailbox

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  mutating func add(_ piece: Piece) { waiting.append(piece) }
  mutating func finished() { running -= 1 }

  /// Starts what can be, and drops what nobody wants any more.
  mutating func start(where isWanted: (ReturnAddress) -> Bool) {
    waiting.removeAll { !isWanted($0.address) }
    while running < most, !waiting.isEmpty {
      let piece = waiting.removeFirst()
      running += 1
      queue.async { [mailbox] in
        mailbox.post(.finished(Delivery(to: piece.address, piece.work())))
      }
    }
  }
}
