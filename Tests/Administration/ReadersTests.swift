import Foundation
import TestSupport
import Testing

/// Code without a permission can't get a reader that has the data, because such code must not compile.
@Suite("what a permission lets one read is a type")
struct ReadersTests {
  /// A piece of code for a front end, with the compiler's error that refuses it; nil where it is allowed.
  struct Attempt: CustomTestStringConvertible {
    let code: String
    let error: String?

    var testDescription: String { code }
  }

  static let attempts: [Attempt] = [
    Attempt(code: "administration.read { try $0.customRoles() }", error: nil),
    Attempt(code: "administration.read { try $0.tokens(of: account) }", error: nil),
    Attempt(code: "administration.read(.audit) { try $0.auditRecord(1) }", error: nil),
    Attempt(code: "administration.read(.widgets) { try $0.widgets() }", error: nil),
    Attempt(code: "administration.read { try $0.auditRecord(1) }", error: security("auditRecord")),
    Attempt(code: "administration.read { try $0.auditHeads() }", error: security("auditHeads")),
    Attempt(code: "administration.read { try $0.drafts(of: account) }", error: security("drafts")),
    Attempt(code: "administration.read { try $0.proposals(limit: 9) }", error: security("proposals")),
    Attempt(code: "administration.read { try $0.proposalDocument(1) }", error: security("proposalDocument")),
    Attempt(code: "administration.read { try $0.undoDocument(1) }", error: security("undoDocument")),
    Attempt(
      code: "administration.read { try $0.storedTokenID(of: token) }", error: security("storedTokenID")),
    Attempt(
      code: "administration.read(.catalogueImport) { try $0.auditRecord(1) }", error: security("auditRecord")),
    Attempt(
      code: "administration.change { try $0.reader.storedTokenID(of: token) }",
      error: security("storedTokenID")),
    Attempt(
      code: "administration.check { try $0.source.reader.drafts(of: account) }", error: security("drafts")),
    Attempt(
      code: "administration.read(.audit) { try $0.customRoles() }",
      error: "value of type 'any AuditReader' has no member 'customRoles'"),
    Attempt(
      code: "administration.read(.widgets) { try $0.grants(of: .account(account)) }",
      error: "value of type 'any CatalogueReader' has no member 'grants'"),
    Attempt(
      code: "administration.read(.useCase(.securityRead)) { try $0.drafts(of: account) }",
      error: "'useCase' is inaccessible due to 'internal' protection level"),
    Attempt(
      code: "administration.store.read { try $0.drafts(of: account) }",
      error: "'store' is inaccessible due to 'internal' protection level"),
    Attempt(
      code: "administration.change { try $0.writer.drafts(of: account) }",
      error: "'writer' is inaccessible due to 'internal' protection level"),
  ]

  static func security(_ member: String) -> String {
    "value of type 'any SecurityReader' has no member '\(member)'"
  }

  @Test("and code that asks for more does not compile", arguments: attempts)
  func compiles(_ attempt: Attempt) throws {
    let errors = try Self.errors(
      in: """
        import Access
        import Administration
        import Store
        func attempt(_ administration: Administration, _ account: AccountID, _ token: TokenRowID) throws {
          _ = try \(attempt.code)
        }
        """)
    if let error = attempt.error {
      #expect(errors.contains { $0.contains(error) }, "\(errors)")
    } else {
      #expect(errors.isEmpty)
    }
  }

  /// The compiler's errors for a file of a front end.
  private static func errors(in source: String) throws -> [Substring] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = try TemporaryFolder()
    let file = URL(filePath: folder.path).appending(path: "attempt.swift")
    try Data(source.utf8).write(to: file)
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "swiftc", "-typecheck", "-swift-version", "6", "-package-name", packageName(root), "-I",
      try modules().path(), file.path(),
    ]
    let output = Pipe()
    compiler.standardOutput = output
    compiler.standardError = output
    try compiler.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    compiler.waitUntilExit()
    return text.split(separator: "\n").filter { $0.contains("error: ") }
  }

  /// The build's name for the package: the name of its folder, as an identifier.
  private static func packageName(_ root: URL) -> String {
    String(root.lastPathComponent.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// The folder of the modules from which this test was built.
  private static func modules() throws -> URL {
    let program = try #require(
      ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments.first)
    return URL(filePath: program).deletingLastPathComponent().appending(path: "Modules")
  }
}
