import Access
import Testing

@Suite struct AddressTests {
  @Test(
    "absolute addresses are accepted",
    arguments: [
      "https://portal.example.com/widgets/sales", "http://localhost", "HTTPS://EXAMPLE.COM:8443/",
      "https://192.0.2.1/a?x=1&y=%20", "https://[2001:db8::1]:443/a", "https://a.b/?q",
      "https://x/~a,b=c:@!$'()*+",
      "https://my_host/a",
    ])
  func accepts(text: String) throws {
    #expect(try Address(text).text == text)
  }

  @Test(
    "other addresses are refused with the reason",
    arguments: [
      ("", .scheme), ("portal.example.com/a", .scheme), ("ftp://a/b", .scheme), ("//a/b", .scheme),
      ("https:/a", .scheme), ("https://", .host), ("https:///a", .host), ("https://a..b/", .host),
      ("https://-a/", .host), ("https://a-/", .host), ("https://a:0/", .host), ("https://a:65536/", .host),
      ("https://a:b/", .host), ("https://[::1/", .host), ("https://[]/", .host), ("https://u@h/", .user),
      ("https://u:p@h/", .user), ("https://h/#f", .fragment), ("https://h/%", .escape),
      ("https://h/%2", .escape),
      ("https://h/%g0", .escape), ("https://h/a b", .character), ("https://h/é", .character),
      ("https://h/\u{1B}[31m", .character), ("https://h/<", .character), ("https://h/\\", .character),
      ("https://h/?token=x", .token), ("https://h/?a=1&token", .token),
      ("https://h/?TOKEN=x", .token), ("https://h/?Token", .token), ("https://h/?%74oken=x", .token),
      ("https://h/?a=1&%61=2", .parameterTwice), ("https://h/a;b", .path(.separator)),
      ("https://h/a//b", .path(.emptySegment)), ("https://h/a/../b", .path(.dotSegment)),
      ("https://h/%2e%2e/b", .path(.escapedSeparator)), ("https://h/?a=%", .escape),
      ("https://h/" + String(repeating: "a", count: 2_000), .tooLong),
    ] as [(String, AddressProblem)])
  func refuses(text: String, problem: AddressProblem) {
    #expect(throws: problem) { try Address(text) }
  }

  @Test(
    "the Token ID is appended behind ? or &",
    arguments: [
      ("https://h/w", "https://h/w?token="), ("https://h/w?", "https://h/w?token="),
      ("https://h/w?a=1", "https://h/w?a=1&token="), ("https://h/w?a=1&", "https://h/w?a=1&token="),
      ("https://h", "https://h?token="),
    ])
  func reveals(text: String, start: String) throws {
    let id = TokenID.generate()
    #expect(try Address(text).revealed(with: id) == start + id.revealed)
  }
}
