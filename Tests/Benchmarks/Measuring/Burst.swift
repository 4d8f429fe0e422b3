/// What a program wrote after its start or after a key, until it was silent.
struct Burst: Sendable {
  /// One piece as it was read, usually a frame.
  struct Piece: Sendable {
    /// The time since the start or the key.
    let milliseconds: Double
    let bytes: Int
  }

  let pieces: [Piece]

  /// The time until the last byte; nil where nothing was written.
  var milliseconds: Double? { pieces.last?.milliseconds }
  var bytes: Int { pieces.reduce(0) { $0 + $1.bytes } }

  /// The time until the largest frame. After a letter in a filter this is the frame with the rows. The letter
  /// itself comes before it, and the count of matching rows after it.
  var largestMilliseconds: Double? { pieces.max { $0.bytes < $1.bytes }?.milliseconds }
}

extension Pty {
  /// Reads until nothing has come for the time `silence`. The first byte may take `patience`.
  func burst(since stopwatch: Stopwatch, silence: Double, patience: Double) -> Burst {
    var pieces: [Burst.Piece] = []
    var end = stopwatch.milliseconds + patience
    while stopwatch.milliseconds < end {
      guard let bytes = read(milliseconds: Int32(max(1, end - stopwatch.milliseconds))) else { continue }
      let now = stopwatch.milliseconds
      pieces.append(Burst.Piece(milliseconds: now, bytes: bytes))
      end = now + silence
    }
    return Burst(pieces: pieces)
  }

  func press(_ key: String, silence: Double, patience: Double = 1_000) -> Burst {
    let stopwatch = Stopwatch()
    write(key)
    return burst(since: stopwatch, silence: silence, patience: patience)
  }
}
