import Access
import Administration
import Console
import Foundation
import Store

/// Lists of the console in files of the person, with the columns that the commands print.
struct ListFiles: Sendable {
  let administration: Administration
  let files: ConsoleFiles

  /// Writes a list page by page. Only its owner may read the file.
  ///
  /// Errors: ``Trouble``, ``ConditionProblem``, ``AdministrationError``, ``StoreError``.
  func write(_ file: ListFile) throws -> ListWritten {
    let path = files.whole(file.path)
    let options = PrintOptions(format: file.format == .csv ? .csv : .json)
    if file.isReplacing {
      return .written(rows: try OwnFile(path: path).replace(options) { try write(file.export, $0) })
    }
    if try OwnFile(path: path).isThere() { return .exists }
    return .written(rows: try NewFile.write(to: path, options) { try write(file.export, $0) })
  }

  /// Returns the number of rows.
  private func write(_ export: ListExport, _ output: Output) throws -> Int {
    let session = Session(administration: administration, output: output)
    switch export.list {
    case .accounts(let kind, let order, let isDescending):
      let written = try WrittenConditions(export.filter, of: ListedKind(kind))
      let usesKnown = kind == .user ? true : try usesAreKnown()
      return try count(output) {
        try session.accounts(
          kind, written, order: order, isDescending: isDescending, usesKnown: usesKnown, $0)
      }
    case .tokens:
      let written = try WrittenConditions(export.filter, of: .tokens)
      if written.asksForUses { try administration.takeOverUses() }
      return try count(output) { try session.tokens(written, $0) }
    case .teams:
      let written = try WrittenConditions(export.filter, of: .teams)
      return try count(output) { try session.teams(written, $0) }
    case .roles: return try count(output) { try $0(session.roles()) }
    }
  }

  private func usesAreKnown() throws -> Bool {
    try administration.takeOverUses()
    return administration.useTrouble() == nil
  }

  private func count<Row: Record>(
    _ output: Output, _ pages: (_ page: ([Row]) throws -> Void) throws -> Void
  ) throws -> Int {
    var writer = try RecordWriter<Row>(output)
    var count = 0
    try pages { rows in
      count += rows.count
      try writer.add(rows)
    }
    try writer.finish()
    return count
  }
}
