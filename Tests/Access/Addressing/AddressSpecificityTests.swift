import Access
import Testing

@Suite struct AddressSpecificityTests {
  /// An index of addresses of one host, with `=` before an exact one. Of those that match, the most specific
  /// comes first.
  private static func index(_ entries: [String]) throws -> AddressIndex<String> {
    AddressIndex(
      try entries.map { text in
        let isExact = text.hasPrefix("=")
        let address = try AddressTemplate("https://h" + (isExact ? String(text.dropFirst()) : text))
        return AddressIndex.Place(
          AddressClaim(key: address.key(isExact ? .exact : .prefix), methods: [.get]), entry: text)
      })
  }

  private static func find(_ target: String, in index: AddressIndex<String>) throws -> String? {
    let request = try RequestedAddress(host: "h", target: target)
    guard case .one(let entry) = index.find(request, method: .get) else { return nil }
    return entry
  }

  @Test(
    "the most specific address is meant, compared segment by segment from the left",
    arguments: [
      ("/a", ["=/a", "/a", "/"]), ("/a/", ["=/a/", "/a/", "/a", "/"]),
      ("/a/b", ["=/a/b", "/a/b", "/a/", "/a"]),
      ("/a/b", ["/a/b", "=/a/{p}", "/a/{p}", "/a/"]), ("/a/b", ["/a", "=/{p}/b", "/{p}", "/"]),
      ("/v10/x", ["/v10", "/v1{p}", "/v{p}", "/{p}0", "/{p}"]),
      ("/aXb", ["/a{p}b", "/a{p}", "/{p}b", "/{p}"]),
      ("/abXc", ["/ab{p}c", "/ab{p}", "/a{p}c", "/{p}Xc", "/a{p}", "/{p}c"]), ("/", ["=/", "/"]),
      ("/a/b/c", ["/a/b", "=/a/{p}/c", "/a/{p}", "=/{p}/b/c"]),
      ("/x/y/", ["=/{p}/{q}/", "/{p}/{q}/", "/{p}/{q}"]),
      ("/Products(1)", ["=/Products({id})", "=/{p}"]), ("/%7Bid%7D", ["=/%7Bid%7D", "=/{id}"]),
      ("/{id}", ["=/%7Bid%7D", "=/{id}"]),
    ])
  func order(target: String, entries: [String]) throws {
    // Each entry is found when those before it are gone, in whatever order they were inserted.
    for first in entries.indices {
      let rest = Array(entries[first...])
      #expect(try Self.find(target, in: Self.index(rest)) == rest[0], "\(target) of \(rest)")
      #expect(try Self.find(target, in: Self.index(rest.reversed())) == rest[0], "\(target) of \(rest)")
    }
  }

  @Test(
    "an address that doesn't match is not meant",
    arguments: [
      ("/a/", "=/a"), ("/a", "=/a/"), ("/a", "/a/"), ("/a/b", "=/a"), ("/a/", "=/a/{p}"), ("/a/", "/a/{p}"),
      ("/a", "=/a/{p}"), ("/a/b/c", "=/a/{p}"), ("/a/b/", "=/a/{p}"), ("/Products()", "=/Products({id})"),
      ("/Products(1", "=/Products({id})"), ("/products(1)", "=/Products({id})"), ("/aa", "/aa{p}"),
      ("/aba", "/ab{p}ba"), ("/", "=/{p}"), ("/", "/{p}"), ("/a", "=/"), ("/ab", "/a"), ("/b/x", "/a"),
    ])
  func misses(target: String, entry: String) throws {
    #expect(try Self.find(target, in: Self.index([entry])) == nil)
  }

  @Test(
    "a parameter stands for one or more bytes of its segment, however they are written",
    arguments: [
      "/a/1/b", "/a/%31/b", "/a/{id}/b", "/a/%7Bid%7D/b", "/a/%FF/b", "/a/%C3%A9/b", "/a/%25/b", "/a/.../b",
    ])
  func fills(target: String) throws {
    #expect(try Self.find(target, in: Self.index(["=/a/{id}/b"])) == "=/a/{id}/b")
  }

  @Test(
    "a parameter never stands for what a server could read as more than a segment",
    arguments: [
      "/a//b", "/a/./b", "/a/../b", "/a/%2E%2E/b", "/a/x%2Fy/b", "/a/x%5Cy/b", "/a/x;y/b", "/a/x\\y/b",
      "/a/%00/b",
    ])
  func neverFills(target: String) {
    #expect(throws: RequestedAddressProblem.self) { try RequestedAddress(host: "h", target: target) }
  }

  @Test("where the endpoints at the most specific address don't take the method, none below is asked")
  func methods() throws {
    let post = try #require(HTTPMethod(rawValue: "POST"))
    func place(_ text: String, _ match: AddressMatch, _ methods: Set<HTTPMethod>) throws
      -> AddressIndex<String>.Place
    {
      AddressIndex.Place(
        AddressClaim(key: try AddressTemplate("https://h" + text).key(match), methods: methods), entry: text)
    }
    let index = AddressIndex([
      try place("/a/b", .exact, [.get]), try place("/a/{p}", .exact, [post]),
      try place("/a", .prefix, [post]),
    ])
    for (target, entry) in [("/a/b", "/a/b"), ("/a/c", "/a/{p}"), ("/a/b/c", "/a")] {
      guard case .one(let found) = index.find(try RequestedAddress(host: "h", target: target), method: post)
      else {
        Issue.record("nothing is at \(target)")
        continue
      }
      #expect(found == entry)
    }
  }

  @Test("an address whose query doesn't fit is passed over for a less specific one")
  func queries() throws {
    let index = try Self.index(["=/a/b?x=1", "=/a/b?x=2", "=/a/{p}?y=1", "/a"])
    for (target, entry) in [
      ("/a/b?x=1", "=/a/b?x=1"), ("/a/b?x=2", "=/a/b?x=2"), ("/a/b?x=3", "/a"), ("/a/b?y=1", "=/a/{p}?y=1"),
      ("/a/b?x=1&y=1", "=/a/b?x=1"), ("/a/b", "/a"), ("/a/b?x=3&x=4&y=1", "=/a/{p}?y=1"),
      // An application may read x=1 in this request, and so find the entry that is passed over.
      ("/a/b?x=1&x=1&y=1", nil), ("/a/b?x=3&x=2&y=1", nil),
    ] as [(String, String?)] { #expect(try Self.find(target, in: index) == entry) }
  }

  @Test("a lookup in addresses that were made to take long ends soon, and finds one or none for certain")
  func adversarial() throws {
    // All of 2^13 paths match except for their end, so every one would have to be looked at.
    let forks = (0..<(1 << 13)).map { bits in
      "=/" + (0..<13).map { bits >> $0 & 1 == 0 ? "a" : "{p}" }.joined(separator: "/") + "/end"
    }
    let a13 = String(repeating: "/a", count: 13)
    let forked = try Self.index(forks)
    #expect(try Self.find(a13 + "/end", in: forked) == "=" + a13 + "/end")
    let request = try RequestedAddress(host: "h", target: a13 + "/other")
    guard case .several = forked.find(request, method: .get) else {
      Issue.record("the lookup gave an answer")
      return
    }
    // The parameters stand between literals of many lengths, none of which matches.
    let frames = (1...60).flatMap { before in (1...60).map { "=/\(x(before)){p}\(x($0))/end" } }
    #expect(try Self.find("/" + x(200) + "/end", in: Self.index(frames)) == "=/\(x(60)){p}\(x(60))/end")
    // The address is as deep as an address can be, and the request is deeper.
    let deep = String(repeating: "/{p}", count: 490)
    let requested = String(repeating: "/x", count: 8_000)
    #expect(try Self.find(requested, in: Self.index([deep])) == deep)
    #expect(try Self.find(requested, in: Self.index(["=" + deep])) == nil)
  }

  private func x(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test("many addresses of one path are told apart by their queries without looking at each")
  func manyQueries() throws {
    let index = try Self.index((0..<20_000).map { "/report?id=\($0)" })
    #expect(try Self.find("/report/page?id=19999", in: index) == "/report?id=19999")
    #expect(try Self.find("/report?id=20000", in: index) == nil)
  }
}
