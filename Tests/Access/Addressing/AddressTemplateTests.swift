import Access
import Testing

@Suite struct AddressTemplateTests {
  @Test(
    "a path may have parameters, one in a segment",
    arguments: [
      ("https://h/orders/{id}", ["id"]), ("https://h/Products({id})", ["id"]),
      ("https://h/{a}/{b}/", ["a", "b"]),
      ("https://h/{id}.json?x=1", ["id"]), ("https://h/{id}/{id}", ["id", "id"]),
      ("https://h/{order-id}", ["order-id"]),
      ("https://h/%7Bid%7D", []), ("https://h/orders", []), ("https://h", []), ("https://h/v{a.b}", ["a.b"]),
    ])
  func parameters(text: String, names: [String]) throws {
    #expect(try AddressTemplate(text).parameters == names)
    #expect(try AddressTemplate(text).text == text)
  }

  @Test(
    "other addresses are refused with the reason",
    arguments: [
      ("https://h/{a}{b}", .path(.parameters)), ("https://h/{a}-{b}", .path(.parameters)),
      ("https://h/{}", .path(.parameter)), ("https://h/{a", .path(.parameter)),
      ("https://h/a}", .path(.parameter)),
      ("https://h/}a{", .path(.parameter)), ("https://h/{{a}}", .path(.parameter)),
      ("https://h/{a/b}", .path(.parameter)), ("https://h/{a;b}", .path(.parameter)),
      ("https://h/{%61}", .path(.parameter)), ("https://h/{a}{", .path(.parameter)),
      ("https://h/{a?b}", .parameterOutsidePath), ("https://h/?x={a}", .parameterOutsidePath),
      ("https://{h}/a", .parameterOutsidePath), ("https://h/{a}//b", .path(.emptySegment)),
      ("https://h/../{a}", .path(.dotSegment)), ("https://h/{a};x", .path(.separator)),
      ("https://h/%2F{a}", .path(.escapedSeparator)), ("https://h/%{a}", .escape),
      ("https://h/%4{a}", .escape),
      ("https://h/{a}%", .escape), ("https://h/{a}#f", .fragment), ("https://h/{a}?token=x", .token),
    ] as [(String, AddressProblem)])
  func refuses(text: String, problem: AddressProblem) {
    #expect(throws: problem) { try AddressTemplate(text) }
  }

  @Test(
    "a widget's address has none", arguments: ["https://h/{id}", "https://h/a({id})", "https://h/{a}/b?x=1"])
  func widgets(text: String) {
    #expect(throws: AddressProblem.parameterOfWidget) { try Address(text) }
  }

  @Test("no Token ID stands in an address, around a parameter or in its name")
  func tokenIDs() {
    let id = TokenID.generate().revealed
    for text in ["https://h/\(id)/{a}", "https://h/{\(id)}", "https://h/{a}?x=\(id)"] {
      #expect(throws: AddressProblem.tokenID) { try AddressTemplate(text) }
    }
  }

  @Test(
    "two of one host, shape, match and methods are ambiguous, whatever their parameters are called",
    arguments: [
      ("/{a}", "/{b}", true), ("/{a}", "/{b}?x=1", true), ("/{a}?x=1", "/{b}?x=2", false),
      ("/{a}", "/a", false),
      ("/{a}", "/{a}/", false), ("/x{a}", "/{a}", false), ("/x{a}", "/%78{b}", true),
      ("/x{a}", "/{a}x", false),
      ("/%7Ba%7D", "/{a}", false), ("/{a}/b", "/{b}/{a}", false),
    ])
  func ambiguity(one: String, other: String, isAmbiguous: Bool) throws {
    let (left, right) = (try AddressTemplate("https://h" + one), try AddressTemplate("https://h" + other))
    let post = try #require(HTTPMethod(rawValue: "POST"))
    for match in AddressMatch.allCases {
      for (methods, others, overlap) in [
        ([.get], [.get, post], true), ([.get], [post], false), ([.get], nil, true), (nil, nil, true),
      ] as [(Set<HTTPMethod>?, Set<HTTPMethod>?, Bool)] {
        let mine = AddressClaim(key: left.key(match), methods: methods)
        let theirs = AddressClaim(key: right.key(match), methods: others)
        #expect(mine.isAmbiguous(with: theirs) == (isAmbiguous && overlap))
        #expect(theirs.isAmbiguous(with: mine) == (isAmbiguous && overlap))
      }
    }
    #expect(!left.key(.exact).isAmbiguous(with: right.key(.prefix)))
  }
}
