import Access
import Administration
@testable import Gate
import Testing

@Suite("What a gate keeps")
struct AnswerBookTests {
  private let book = AnswerBook(AnswerBook.Bound(answers: 2, bytes: 1_000))
  private let maker = AnswerKeyMaker()

  private func key(_ name: String) throws -> AnswerKey {
    let head = Array("GET /auth/nginx HTTP/1.1\r\nHost: gate\r\nX-Api-Key: \(name)\r\n\r\n".utf8)
    var scratch: [UInt8] = []
    return try #require(PlainHead(head.span).map { maker.key(of: $0, head.span, &scratch) })
  }

  private func time(_ second: Int64) throws -> Timestamp {
    try #require(Timestamp(secondsSince1970: second))
  }

  private func keep(_ name: String, from second: Int64, until end: Int64? = nil) throws {
    let use = AnswerUse(
      secret: try #require(TokenSecretID(rawValue: 1)), token: try #require(TokenRowID(rawValue: 1)),
      account: try #require(AccountID(rawValue: 1)), source: nil, place: nil)
    book.keep(
      Array(name.utf8),
      LastingAnswer(
        state: KeptState(), from: try time(second),
        until: try end.map(time), use: use, isSigned: false),
      as: try key(name))
  }

  private func given(_ names: [String], at second: Int64) throws -> [String] {
    try names.filter {
      book.answer(try key($0), in: KeptState(), at: try time(second)) != nil
    }
  }

  @Test("the answers of two full shelves are given, and those kept longest go first")
  func shelves() throws {
    for name in ["a", "b", "c", "d", "e"] { try keep(name, from: 0) }
    #expect(try given(["a", "b", "c", "d", "e"], at: 1) == ["c", "d", "e"])
  }

  @Test("an answer that is made anew takes the place of the former one, and pushes nothing out")
  func anew() throws {
    try keep("a", from: 0, until: 300)
    try keep("b", from: 0)
    #expect(try given(["a", "b"], at: 300) == ["b"])
    for name in ["a", "c", "d"] { try keep(name, from: 300) }
    #expect(try given(["a", "b", "c", "d"], at: 301) == ["a", "b", "c", "d"])
  }
}
