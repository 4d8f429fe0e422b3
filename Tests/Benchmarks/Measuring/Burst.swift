/// What a program wrote after it was started or a key was pressed, until it was silent.
struct Burst: Sendable {
  /// One piece as it was read, mostly a frame.
  struct Piece: Sendable {
    /// Since the start or the key.
    let milliseconds: Double
    let bytes: Int
  }

  let pieces: [Piece]

  /// To the last byte; nil where nothing was written.
  var milliseconds: Double? { pieces.last?.milliseconds }
  var bytes: Int { pieces.reduce(0) { $0 + $1.bytes } }

  /// To the largest frame: of a filter's, the one with the rows; before it comes the letter
  /// typed, after it the count of all that match.
  var largestMilliseconds: Double? { pieces.max { $0.bytes < $1.bytes }?.milliseconds }
}

extension Pty {
  /// Takes in what comes until nothing has come for that time; what is waited for first may take
  /// `patience`.
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
