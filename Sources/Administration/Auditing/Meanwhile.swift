private import Foundation
private import Synchronization

/// A value that another thread computes meanwhile. It has a thread of its own, because Dispatch's threads wake up once a
/// second for ever.
final class Meanwhile<Value: Sendable>: Sendable {
  private enum State {
    case waiting, begun
    case there(Value)
  }

  private let body: @Sendable () -> Value
  private let state = Mutex(State.waiting)
  private let isThere = DispatchSemaphore(value: 0)

  init(_ body: @escaping @Sendable () -> Value) {
    self.body = body
    Thread.detachNewThread { self.compute() }
  }

  /// Computes the value, unless somebody does already.
  private func compute() {
    let isFirst = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .begun
      return true
    }
    guard isFirst else { return }
    let value = body()
    state.withLock { $0 = .there(value) }
    isThere.signal()
  }

  /// The value, once it is there. It is computed here where the system had no thread.
  var value: Value {
    compute()
    isThere.wait()
    isThere.signal()
    return state.withLock { state in
      if case .there(let value) = state { value } else { body() }
    }
  }
}
