import Access
import Administration
import Interchange
import Testing

/// The lines of `security-file.md`, Batch check.
@Suite struct CheckLineTests {
  private func request(_ line: String) throws -> CheckRequest {
    try Array(line.utf8).withUnsafeBufferPointer { try CheckLine.request($0) }
  }

  private func error(_ line: String) -> String? {
    do {
      _ = try request(line)
      return nil
    } catch let error as CheckLineError {
      return error.description
    } catch {
      return "\(error)"
    }
  }

  @Test("each form of the format is read")
  func reads() throws {
    let widget = try request(
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","company":"MX","list":"Sales Orders","at":"2026-11-23T12:00:00Z","source":"10.1.2.3"}"#
    )
    let portal = AccountReference(.apiUser, .named(try Name("Portal Mexico")))
    #expect(
      widget
        == CheckRequest(
          asker: .account(portal), surface: .widget(.named(try Name("Sales MX"))),
          company: .named(try Name("MX")), list: .named(try Name("Sales Orders")),
          at: Timestamp("2026-11-23T12:00:00Z"), source: IPAddress("10.1.2.3")))
    let id = TokenID.generate()
    let post = try #require(HTTPMethod(rawValue: "POST"))
    #expect(
      try request(#" {"token":"\#(id.revealed)","endpoint":"e","method":"POST"} "# + "\r")
        == CheckRequest(asker: .tokenID(id), surface: .endpoint(.named(try Name("e")), post)))
    let api = try request(
      #"{"user":"ops","tokenName":"t","api":true,"connector":"C","list":"L","listAction":"Export \"é\"\u00e9"}"#
    )
    #expect(api.asker == .token(.named(try Name("t")), of: AccountReference(.user, .named(try Name("ops")))))
    #expect(api.surface == .api(.named(try Name("C"))))
    #expect(api.item == CheckRequest.ItemReference(.listAction, .named(try Name("Export \"é\"é"))))
  }

  @Test("a text that can't be a name is unknown, and no error")
  func unknownNames() throws {
    #expect(try request(#"{"apiUser":"a","widget":""}"#).surface == .widget(.noName))
    #expect(try request(#"{"apiUser":"a","widget":"w","company":"\u0000"}"#).company == .noName)
    #expect(try request(#"{"token":"x","widget":"w"}"#).asker == .malformedTokenID(.prefix))
  }

  @Test(
    "tells what is wrong with a line",
    arguments: [
      ("", "a line is one JSON object"), ("\r", "a line is one JSON object"),
      ("\u{FEFF}{\"apiUser\":\"a\",\"widget\":\"w\"}", "a line is one JSON object"),
      ("[]", "a line is one JSON object"),
      (#""x""#, "a line is one JSON object"),
      ("{}", "a line has one of token, apiUser and user; this has none"),
      (
        #"{"apiUser":"a","user":"b","widget":"w"}"#,
        "a line has one of token, apiUser and user; this has apiUser and user"
      ),
      (#"{"apiUser":"a"}"#, "a line has one of widget, endpoint and api; this has none"),
      (
        #"{"apiUser":"a","widget":"w","endpoint":"e"}"#,
        "a line has one of widget, endpoint and api; this has widget and endpoint"
      ),
      (#"{"token":"x","tokenName":"t","widget":"w"}"#, "tokenName needs apiUser or user"),
      (#"{"apiUser":"a","api":true,"connector":"c"}"#, "api needs connector and list"),
      (#"{"apiUser":"a","api":true,"list":"c"}"#, "api needs connector and list"),
      (#"{"apiUser":"a","api":false,"widget":"w"}"#, "api is true, or absent"),
      (#"{"apiUser":"a","api":"true","widget":"w"}"#, "api is true, or absent"),
      (#"{"apiUser":"a","widget":"w","connector":"c"}"#, "connector needs api"),
      (#"{"apiUser":"a","widget":"w","method":"GET"}"#, "method needs endpoint"),
      (#"{"apiUser":"a","endpoint":"w","method":"get"}"#, "“get” is no HTTP method"),
      (
        #"{"apiUser":"a","widget":"w","action":"x","detail":"y"}"#,
        "a line has at most one of action, detail and listAction"
      ),
      (#"{"apiUser":"a","widget":"w","at":"soon"}"#, "at is a time as in 2027-02-21T00:00:00Z"),
      (#"{"apiUser":"a","widget":"w","source":"10.0.0.0/8"}"#, "source is an IP address"),
      (#"{"apiUser":1,"widget":"w"}"#, "apiUser is a text"),
      (#"{"apiUser":null,"widget":"w"}"#, "apiUser is a text"),
      (#"{"apiUser":["a"],"widget":"w"}"#, "apiUser is a text"),
      (#"{"apiUser":"a","widgets":"w"}"#, "there is no key “widgets”; did you mean “widget”?"),
      (#"{"apiUser":"a","widget":"w","widget":"w"}"#, "the key “widget” is there twice"),
      (#"{"apiUser":"a","widget":"w"} x"#, "something follows after the JSON object"),
      (#"{"apiUser":"a","widget":"w""#, "not valid JSON: a comma or } is expected here"),
      (#"{"apiUser":"a",}"#, "not valid JSON: a key in quotes is expected here"),
      (#"{"apiUser":"a" "widget":"w"}"#, "not valid JSON: a comma or } is expected here"),
      (#"{"apiUser":"\ud800","widget":"w"}"#, "not valid JSON: half of a surrogate pair"),
      (
        "{\"apiUser\":\"a\u{0}\",\"widget\":\"w\"}",
        "not valid JSON: a control character in a text must be escaped"
      ),
    ])
  func refuses(line: String, message: String) {
    #expect(error(line) == message)
  }

  @Test("bytes that are no UTF-8 are refused")
  func invalidText() {
    let bytes = Array(#"{"apiUser":""#.utf8) + [0xFF] + Array(#"","widget":"w"}"#.utf8)
    #expect(throws: CheckLineError("not valid UTF-8 text")) {
      try bytes.withUnsafeBufferPointer { try CheckLine.request($0) }
    }
  }

  @Test("no error repeats a Token ID")
  func secrets() {
    let id = TokenID.generate().revealed
    for line in [
      #"{"\#(id)":"x"}"#, #"{"apiUser":"a","widget":"w","at":"\#(id)"}"#, #"{"token":"\#(id)"}"#,
      #"{"apiUser":"a","endpoint":"w","method":"\#(id)"}"#, #"{"token":"\#(id)","token":"\#(id)"}"#,
    ] {
      #expect(error(line)?.contains(TokenID.prefix + "7") != true)
      #expect(error(line)?.contains(id.dropFirst(4)) == false)
    }
  }
}
