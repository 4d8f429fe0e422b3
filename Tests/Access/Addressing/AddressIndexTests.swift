import Access
import Testing

@Suite struct AddressIndexTests {
  private func index(_ addresses: [String], methods: Set<HTTPMethod>? = nil) throws -> AddressIndex<Int> {
    AddressIndex(
      try addresses.enumerated().map { number, text in
        AddressIndex.Place(
          AddressClaim(key: try Address(text).key, methods: methods), entry: number)
      })
  }

  private func find(_ url: String, in index: AddressIndex<Int>) throws -> Int? {
    let rest = url.dropFirst("https://".count)
    let host = rest.prefix { $0 != "/" && $0 != "?" }
    let request = try RequestedAddress(host: host, target: rest[host.endIndex...])
    guard case .one(let entry) = index.find(request, method: .get) else { return nil }
    return entry
  }

  @Test(
    "a path is a prefix that ends at a slash or at the end, and the longest wins",
    arguments: [
      ("https://h/widgets/sales", 1), ("https://h/widgets/sales/", 1), ("https://h/widgets/sales/data.js", 1),
      ("https://h/widgets/salesx", 0), ("https://h/widgets/", 0), ("https://h/widgets", nil),
      ("https://h/", nil), ("https://h/Widgets/sales", nil), ("https://H:8443/widgets/%73ales", 1),
      ("https://h./widgets/sales", 1), ("https://other/widgets/sales", nil),
      ("https://h/widgets/sales?x=1", 1),
    ] as [(String, Int?)])
  func prefixes(url: String, entry: Int?) throws {
    let index = try index(["https://h/widgets/", "https://H:443/widgets/sales"])
    #expect(try find(url, in: index) == entry)
  }

  @Test(
    "each parameter of the address must be there exactly once",
    arguments: [
      ("https://h/a?view=open", 0), ("https://h/a?view=all", 1), ("https://h/a?x=1&view=open&y=2", 0),
      ("https://h/a?v%69ew=op%65n", 0), ("https://h/a", 2), ("https://h/a?view=other", 2),
      // An application may read either value, and nobody may guess which.
      ("https://h/a?view=open&view=open", nil), ("https://h/a?view=open&view=all", nil),
      ("https://h/a?view=x&view=y", 2), ("https://h/a?view=x&view=open", nil), ("https://h/a?VIEW=x", 2),
    ] as [(String, Int?)])
  func parameters(url: String, entry: Int?) throws {
    let index = try index(["https://h/a?view=open", "https://h/a?view=all", "https://h/"])
    #expect(try find(url, in: index) == entry)
  }

  @Test(
    "a parameter whose name an application may read as the address' own counts as it, too",
    arguments: [
      "view=open&+view=all", "+view=all&view=open", "view=open&%20view=all", "view=open&%09view=all",
      "view=open&view%00x=all", "view=open&view[]=all", "view=open&view%5B%5D=all", "view=open&view[=all",
      "view=open&view%20=all", "view=open;x", "view=open;&x=1", "view=open%3B", "view=open&view]=all",
      "view=open&[view]=all", "view=open&[view=all", "view=open&x=1;view=all",
      "view=open;view=all", "view=open&;view=all", "view=open&View=all", "view=open&+", "VIEW=open",
      "+view=open", "view[]=open", "view%00=open",
    ])
  func alike(query: String) throws {
    let index = try index(["https://h/a?view=open", "https://h/a?view=all", "https://h/"])
    let isOther = query == "view=open&+"
    #expect(try find("https://h/a?" + query, in: index) == (isOther ? 0 : nil))
  }

  @Test(
    "names with a dot or an index are told apart from others as applications tell them",
    arguments: [
      ("a.b=1&c[d]=2", 0), ("a.b=1&c[d]=2&c[e]=3", 0), ("a.b=1&c[d]=2&a_b=3", nil),
      ("a.b=1&c[d]=2&a+b=3", nil),
      ("a.b=1&c[d]=2&C[d]=3", nil), ("a_b=1&c[d]=2", nil), ("a.b=1&c[d]=2&a.bc=3", 0),
      ("a.b=1&c[d]=2&a[b=3", nil), ("a.b=1&c[d]=2&a%5Bb=3", nil), ("a.b=1&c[d]=2&a[b]=3", 0),
      ("a.b=1&c[d]=2&c[d]x=3", nil), ("a.b=1&c[d]=2&c[d].=3", nil), ("a.b=1&c[d]=2&c[d][]=3", nil),
      ("a.b=1&c[d]=2&c[d][0]=3", nil), ("a.b=1&c[d]=2&c[d%5D.x=3", nil), ("a.b=1&c[d]=2&c=3", nil),
      ("a.b=1&c[d]=2&c[]=3", nil), ("a.b=1&c[d]=2&c[e]x=3", nil), ("a.b=1&c[d]=2&c[e][d]=3", 0),
      ("a.b=1&c[d]=2&c[e[d]=3", nil), ("a.b=1&c[d]=2&%20c[d]=3", nil),
    ] as [(String, Int?)])
  func names(query: String, entry: Int?) throws {
    let index = try index(["https://h/a?a.b=1&c[d]=2"])
    #expect(try find("https://h/a?" + query, in: index) == entry)
  }

  @Test(
    "no spelling of a path slips by: what could be read in two ways is refused",
    arguments: [
      ("/a//b", .emptySegment), ("//a", .emptySegment), ("/a;x=1/b", .separator), ("/a\\b", .separator),
      ("/a/./b", .dotSegment), ("/a/..", .dotSegment), ("/..", .dotSegment), ("/a%2Fb", .escapedSeparator),
      ("/a%2fb", .escapedSeparator), ("/a%5Cb", .escapedSeparator), ("/%2e%2e/a", .escapedSeparator),
      ("/a%00", .escapedSeparator), ("/a%", .escape), ("/a%2", .escape), ("/a%g0", .escape),
      ("a", .notAbsolute), ("/a b", .character), ("/a\tb", .character), ("/a\u{0}", .character),
    ] as [(String, AddressPathProblem)])
  func strict(target: String, problem: AddressPathProblem) {
    #expect(throws: RequestedAddressProblem.path(problem)) { try RequestedAddress(host: "h", target: target) }
  }

  @Test("a request without a valid host, with a fragment, or with a broken or endless query is refused")
  func refuses() {
    let cases: [(String, String, RequestedAddressProblem)] = [
      ("", "/", .host), ("a b", "/", .host), ("h:0", "/", .host), ("h:x", "/", .host), ("[::1", "/", .host),
      ("h/x", "/", .host), ("h@x", "/", .host), ("h", "/a#b", .fragment), ("h", "/?a=%", .query),
      ("h", "/?a=%zz", .query), ("h", "/" + String(repeating: "a", count: 20_000), .tooLong),
    ]
    for (host, target, problem) in cases {
      #expect(throws: problem) { try RequestedAddress(host: host, target: target) }
    }
  }

  @Test("values of parameters are decoded, + as a space, and may be no UTF-8")
  func query() throws {
    let request = try RequestedAddress(host: "h", target: "/?company=M%58+1&company=&x=%FF&=y&&z")
    #expect(request.query.values(of: "company") == [Array("MX 1".utf8), []])
    #expect(request.query.values(of: "x") == [[0xFF]])
    #expect(request.query.values(of: "z") == [[]])
    #expect(request.query.values(of: "Company").isEmpty)
  }

  @Test("endpoints that differ in method alone are told apart by it; where none takes it, one is found")
  func methods() throws {
    let post = try #require(HTTPMethod(rawValue: "POST"))
    let head = try #require(HTTPMethod(rawValue: "HEAD"))
    let key = try Address("https://h/a").key
    let index = AddressIndex([
      AddressIndex.Place(AddressClaim(key: key, methods: [.get]), entry: "read"),
      AddressIndex.Place(AddressClaim(key: key, methods: [post]), entry: "write"),
    ])
    let request = try RequestedAddress(host: "h", target: "/a")
    for (method, entry) in [(HTTPMethod.get, "read"), (head, "read"), (post, "write")] {
      guard case .one(let found) = index.find(request, method: method) else {
        Issue.record("nothing takes \(method)")
        continue
      }
      #expect(found == entry)
    }
    let put = try #require(HTTPMethod(rawValue: "PUT"))
    guard case .one = index.find(request, method: put) else {
      Issue.record("PUT is to be denied by its endpoint")
      return
    }
  }

  @Test("the index never guesses between two addresses that a request could equally mean")
  func several() throws {
    let index = try index(["https://h/a?x=1", "https://h/a?y=1"])
    let request = try RequestedAddress(host: "h", target: "/a?x=1&y=1")
    guard case .several = index.find(request, method: .get) else {
      Issue.record("one was chosen")
      return
    }
    #expect(try find("https://h/a?x=1", in: index) == 0)
  }

  @Test(
    "two addresses are ambiguous where no host, path or value of a parameter tells them apart",
    arguments: [
      ("https://h/a", "http://H:80/a", true), ("https://h/a", "https://h/%61", true),
      ("https://h/a?x=1", "https://h/a?y=1", true), ("https://h/a?x=1", "https://h/a", true),
      ("https://h/a?x=1", "https://h/a?x=2", false), ("https://h/a", "https://h/a/", false),
      ("https://h/a?x=1", "https://h/a?x=%31&z=2", true), ("https://h", "https://h/", true),
    ] as [(String, String, Bool)])
  func ambiguity(one: String, other: String, isAmbiguous: Bool) throws {
    let (left, right) = (try Address(one).key, try Address(other).key)
    #expect(left.isAmbiguous(with: right) == isAmbiguous)
    #expect(right.isAmbiguous(with: left) == isAmbiguous)
  }

  @Test("whatever bytes are asked for, a request is found by its decoded path alone, or refused")
  func fuzz() throws {
    let index = try index(["https://h/a/b", "https://h/a"])
    let pieces = [
      "a", "/", "%61", "%2f", "b", ".", "..", ";", "%", "?", "&", "=", "%00", "\u{FF}", "//", "x",
    ]
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0..<8, using: &generator)
      let target = "/" + (0..<length).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      guard let request = try? RequestedAddress(host: "h", target: target) else { continue }
      let path = String(decoding: request.path.bytes, as: UTF8.self)
      let expected =
        path == "/a/b" || path.hasPrefix("/a/b/") ? 0 : path == "/a" || path.hasPrefix("/a/") ? 1 : nil
      guard case .one(let found) = index.find(request, method: .get) else {
        #expect(expected == nil, "\(target)")
        continue
      }
      #expect(found == expected, "\(target)")
    }
  }
}
