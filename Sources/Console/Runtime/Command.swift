/// What the compositor asks of the loop that has the terminal, the clock and the threads.
package enum Command: Sendable {
  /// Call `work` off the main actor, and deliver what it returns to `address`.
  case run(address: ReturnAddress, label: String, work: @Sendable () -> Effect<ErasedMessage>)
  case after(milliseconds: Int, address: ReturnAddress, effect: Effect<ErasedMessage>)
  case setMouse(Bool)
  /// Refuse changes, or take them again.
  case setReadOnly(Bool)
  /// Bytes for the terminal, after the next frame.
  case terminal([UInt8])
  case redraw
  case suspend
  case quit
  /// Leave: nobody has been there for long.
  case endSession
}

/// Where the result of a run or a timer goes; one that is no longer current is dropped.
package struct ReturnAddress: Hashable, Sendable {
  let layer: LayerID
  let ticket: Int
}

/// What follows from a run or a timer, on its way back.
package struct Delivery: Sendable {
  package let address: ReturnAddress
  package let effect: Effect<ErasedMessage>

  package init(to address: ReturnAddress, _ effect: Effect<ErasedMessage>) {
    self.address = address
    self.effect = effect
  }
}
