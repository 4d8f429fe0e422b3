private import Crypto

/// What was asked, as one number: the same for two requests only where everything is the same on which an answer that
/// allows can rest. Nobody can make two different requests with one key, and no Token ID can be told from a key.
struct AnswerKey: Hashable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  fileprivate init(_ digest: SHA256Digest) {
    (first, second, third, fourth) = digest.withUnsafeBytes {
      (
        $0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
      )
    }
  }

  /// Any part of the number is as random as the whole.
  func hash(into hasher: inout Hasher) { hasher.combine(first) }
}

/// Makes the keys of one gate: SHA-256 of a secret of this process, and of the parts of a request, each behind its
/// length.
struct AnswerKeyMaker: Sendable {
  private static let secretBytes = 32
  private static let absent: UInt16 = .max

  private let secret: [UInt8]

  init() { secret = (0..<Self.secretBytes).map { _ in .random(in: .min ... .max) } }

  /// The key of a plain head. The memory of `scratch` is used again and again.
  func key(of head: PlainHead, _ bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> AnswerKey {
    scratch.removeAll(keepingCapacity: true)
    scratch += secret
    Self.append(bytes, head.method, to: &scratch)
    Self.append(bytes, head.target, to: &scratch)
    for (place, value) in head.values.enumerated() {
      guard let value else {
        Self.append(Self.absent, to: &scratch)
        continue
      }
      if place == HeadField.cookie {
        Self.appendHandles(bytes, value, to: &scratch)
      } else {
        Self.append(bytes, value, to: &scratch)
      }
    }
    return AnswerKey(SHA256.hash(data: scratch))
  }

  private static func append(_ number: UInt16, to scratch: inout [UInt8]) {
    scratch.append(UInt8(truncatingIfNeeded: number))
    scratch.append(UInt8(truncatingIfNeeded: number >> 8))
  }

  /// A plain head is so small that each length fits.
  private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to scratch: inout [UInt8]) {
    append(UInt16(range.count), to: &scratch)
    for index in range { scratch.append(bytes[index]) }
  }

  /// Of cookies, only those count that ``CookieHandle`` reads; applications have others, which change all the time.
  private static func appendHandles(_ bytes: Span<UInt8>, _ cookies: Range<Int>, to scratch: inout [UInt8]) {
    let semicolon = UInt8(ascii: ";")
    var start = cookies.lowerBound
    while start < cookies.upperBound {
      var end = start
      while end < cookies.upperBound, bytes[end] != semicolon { end += 1 }
      while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
      if isHandle(bytes, start..<end) { append(bytes, start..<end, to: &scratch) }
      start = end + 1
    }
    append(absent, to: &scratch)
  }

  private static let handleStart = Array((CookieHandle.cookieName + "=").utf8)

  private static func isHandle(_ bytes: Span<UInt8>, _ pair: Range<Int>) -> Bool {
    guard pair.count >= handleStart.count else { return false }
    for offset in handleStart.indices where bytes[pair.lowerBound + offset] != handleStart[offset] {
      return false
    }
    return true
  }
}
