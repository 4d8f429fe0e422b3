import Access
import Testing

/// A second, plain implementation of the rules of `security-file.md`, Addresses: every entry is compared with
/// the request and with every other entry.
private struct PlainEntry {
  let path: String
  let query: [String: String]
  let isExact: Bool
  let method: String

  private var endsAtSlash: Bool { path.hasSuffix("/") }
  private var segments: [String] { path.split(separator: "/").map(String.init) }

  var url: String {
    "https://h" + path + (query.isEmpty ? "" : "?")
      + query.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  var shape: String { path.replacing(/\{[a-z]\}/, with: "{}") + (isExact ? "=" : "") }

  func isAmbiguous(with other: PlainEntry) -> Bool {
    shape == other.shape && method == other.method
      && !query.contains { name, value in other.query[name].map { $0 != value } ?? false }
  }

  func couldBeMeant(_ path: String, _ query: [(String, String)]) -> Bool {
    let isThere = self.query.allSatisfy { name, value in
      let values = query.filter { $0.0 == name }.map(\.1)
      return values == [value]
    }
    return isThere && matches(path)
  }

  /// Whether an application might match the request with this entry, because a parameter came twice.
  func isDoubtful(_ path: String, _ query: [(String, String)]) -> Bool {
    !couldBeMeant(path, query) && matches(path)
      && self.query.allSatisfy { name, value in query.contains { $0 == (name, value) } }
  }

  private func matches(_ path: String) -> Bool {
    let asked = path.split(separator: "/").map(String.init)
    let own = segments
    guard asked.count >= own.count, zip(own, asked).allSatisfy(Self.fits) else { return false }
    let isSame = asked.count == own.count
    if isExact { return isSame && endsAtSlash == path.hasSuffix("/") }
    if endsAtSlash { return !isSame || path.hasSuffix("/") }
    return true
  }

  private static func parts(_ segment: String) -> (before: String, after: String)? {
    guard let open = segment.firstIndex(of: "{"), let close = segment.firstIndex(of: "}") else { return nil }
    return (String(segment[..<open]), String(segment[segment.index(after: close)...]))
  }

  private static func fits(_ own: String, _ asked: String) -> Bool {
    guard let (before, after) = parts(own) else { return own == asked }
    return asked.hasPrefix(before) && asked.hasSuffix(after) && asked.count > before.count + after.count
  }

  /// The weight of a segment; the more specific segment has the greater one.
  private static func weight(_ segment: String) -> [Int] {
    guard let (before, after) = parts(segment) else { return [3] }
    if before.isEmpty && after.isEmpty { return [1] }
    return [2, before.count + after.count, before.count]
  }

  /// Whether this entry goes before another that matches the same request.
  func goes(before other: PlainEntry) -> Bool {
    let (own, others) = (segments, other.segments)
    for place in 0..<max(own.count, others.count) {
      guard place < own.count else { return false }
      guard place < others.count else { return true }
      let (mine, theirs) = (Self.weight(own[place]), Self.weight(others[place]))
      if mine != theirs { return theirs.lexicographicallyPrecedes(mine) }
    }
    if endsAtSlash != other.endsAtSlash { return endsAtSlash }
    return isExact && !other.isExact
  }
}

@Suite struct AddressReadingTests {
  @Test(
    "in random worlds, the index finds what comparing everything with everything finds", arguments: 0..<8)
  func plainReading(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      var entries: [PlainEntry] = []
      for _ in 0..<Int.random(in: 1...24, using: &random) {
        let entry = PlainEntry(
          path: path(["a", "b", "ab", "{p}", "{q}", "a{p}", "{p}b", "a{p}b", "{p}ab", "ab{p}"], &random),
          query: Bool.random(using: &random) ? [:] : ["x": pick(["1", "2"], &random)],
          isExact: .random(using: &random), method: pick(["GET", "POST"], &random))
        if !entries.contains(where: { $0.isAmbiguous(with: entry) }) { entries.append(entry) }
      }
      let index = AddressIndex(
        try entries.enumerated().map { number, entry in
          let key = try AddressTemplate(entry.url).key(entry.isExact ? .exact : .prefix)
          let method = try #require(HTTPMethod(rawValue: entry.method))
          return AddressIndex.Place(AddressClaim(key: key, methods: [method]), entry: number)
        })
      for _ in 0..<40 { try compare(entries, index, &random) }
    }
  }

  private func compare(
    _ entries: [PlainEntry], _ index: AddressIndex<Int>, _ random: inout SeededGenerator
  ) throws {
    let path = path(["a", "b", "ab", "aab", "abb", "aXb", "Xab", "X", "abXb"], &random)
    let query = (0..<Int.random(in: 0...2, using: &random)).map { _ in ("x", pick(["1", "2", "3"], &random)) }
    let name = pick(["GET", "POST", "HEAD", "PUT"], &random)
    let fitting = entries.filter { $0.couldBeMeant(path, query) }
    let best = fitting.filter { one in !fitting.contains { $0.goes(before: one) } }
    let taking = best.filter { $0.method == (name == "HEAD" ? "GET" : name) }
    #expect(Set(best.map(\.shape)).count <= 1, "two shapes are equally specific")
    let target = path + (query.isEmpty ? "" : "?") + query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    let request = try RequestedAddress(host: "h", target: target)
    let method = try #require(HTTPMethod(rawValue: name))
    let isDoubtful = entries.contains { one in
      one.isDoubtful(path, query) && !best.contains { $0.goes(before: one) }
    }
    switch index.find(request, method: method) {
    case .several where isDoubtful: break
    case _ where isDoubtful: Issue.record("\(name) \(target) is for nobody to guess")
    case .none: #expect(best.isEmpty, "\(name) \(target)")
    case .several: #expect(taking.count > 1, "\(name) \(target)")
    case .one(let number):
      let urls = (taking.isEmpty ? best : taking).map { $0.url + $0.shape + $0.method }
      #expect(
        taking.count <= 1
          && urls.contains(entries[number].url + entries[number].shape + entries[number].method),
        "\(name) \(target) found \(entries[number].url)")
    }
  }

  private func path(_ segments: [String], _ random: inout SeededGenerator) -> String {
    let picked = (0..<Int.random(in: 0...4, using: &random)).map { _ in "/" + pick(segments, &random) }
    return picked.joined() + (picked.isEmpty || Int.random(in: 0..<4, using: &random) == 0 ? "/" : "")
  }

  private func pick(_ all: [String], _ random: inout SeededGenerator) -> String {
    all[Int.random(in: 0..<all.count, using: &random)]
  }
}
