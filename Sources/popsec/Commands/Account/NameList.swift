import Access
import Administration

/// Names in a file, one in each line.
struct NameList {
  private let source: String
  private let lines: [Substring]

  /// Errors: ``Trouble``.
  init(_ file: InputFile) throws {
    source = file.name
    guard let text = String(validating: try file.bytes(), as: UTF8.self) else {
      throw Trouble("\(source) is no text in UTF-8", hint: "give one name a line", exitStatus: .badData)
    }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    guard lines.contains(where: { !$0.isEmpty }) else {
      throw Trouble("\(source) names nobody", hint: "give one name a line", exitStatus: .badData)
    }
  }

  /// Finds the accounts. An error about a name tells its line.
  func accounts(_ find: (String) throws -> Account) throws -> Set<AccountID> {
    var found: Set<AccountID> = []
    for (index, line) in lines.enumerated() where !line.isEmpty {
      do { found.insert(try account(String(line), find).id) } catch let complaint as any Complaint {
        throw Trouble(
          "\(source):\(index + 1): \(complaint.message)", hint: complaint.hint,
          exitStatus: complaint.exitStatus)
      }
    }
    return found
  }

  /// Finds one account. The error does not repeat a text that may be a secret from a wrong file.
  private func account(_ name: String, _ find: (String) throws -> Account) throws -> Account {
    guard !SecretArguments.looksSecret(name) else {
      throw Trouble(
        "this looks like a Token ID, not a name", hint: "popsec token whois tells whose it is",
        exitStatus: .badData)
    }
    return try find(name)
  }
}
