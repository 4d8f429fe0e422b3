import Access
import Administration
import Console
import Foundation
import Store

/// Lists of the console in files of the person, with the columns that the commands print.
struct ListFiles: Sendable {
  let administration: Administration
  let files: ConsoleFiles
  private let unfinished = UnfinishedFiles()

  private struct Stopped: Error {}

  init(administration: Administration, files: ConsoleFiles) {
    (self.administration, self.files) = (administration, files)
  }

  /// Writes a list page by page. Only its owner may read the file.
  ///
  /// Errors: ``Trouble``, ``ConditionProblem``, ``AdministrationError``, ``StoreError``.
  func write(_ file: ListFile, _ progress: ProgressCount) throws -> ListWritten {
    try unfinished.work {
      do { return try write(file) { try tell($0, progress) } } catch is Stopped { return .stopped }
    }
  }

  /// Stops what is being written, and waits until its file is gone. To be called before the process ends.
  func end() { unfinished.end() }

  private func tell(_ rows: Int, _ progress: ProgressCount) throws {
    guard !progress.isStopped, !unfinished.isEnded else { throw Stopped() }
    progress.tell(rows)
  }

  private func write(_ file: ListFile, _ tell: @escaping (Int) throws -> Void) throws -> ListWritten {
    let path = files.whole(file.path)
    let options = PrintOptions(format: file.format == .csv ? .csv : .json)
    if file.isReplacing {
      return .written(rows: try OwnFile(path: path).replace(options) { try write(file.export, $0, tell) })
    }
    if try OwnFile(path: path).isThere() { return .exists }
    return .written(rows: try NewFile.write(to: path, options) { try write(file.export, $0, tell) })
  }

  /// Returns the number of rows.
  private func write(_ export: ListExport, _ output: Output, _ tell: @escaping (Int) throws -> Void) throws
    -> Int
  {
    let session = Session(administration: administration, output: output)
    switch export.list {
    case .accounts(let kind, let order, let isDescending):
      let written = try WrittenConditions(export.filter, of: ListedKind(kind))
      let asks = order == .lastUse || written.asksForUses
      if kind == .apiUser, asks { try administration.takeOverUses() }
      let usesKnown = kind == .user || administration.useTrouble() == nil
      return try count(output, tell) {
        try session.accounts(
          kind, written, order: order, isDescending: isDescending, usesKnown: usesKnown, $0)
      }
    case .tokens(let order):
      let written = try WrittenConditions(export.filter, of: .tokens)
      if written.asksForUses { try administration.takeOverUses() }
      return try count(output, tell) { try session.tokens(written, order, $0) }
    case .teams:
      let written = try WrittenConditions(export.filter, of: .teams)
      return try count(output, tell) { try session.teams(written, $0) }
    case .roles: return try count(output, tell) { try $0(session.roles()) }
    case .laws:
      let written = try WrittenConditions(export.filter, of: .laws)
      return try count(output, tell) { try $0(session.laws(written).map(LawRecord.init)) }
    }
  }

  private func count<Row: Record>(
    _ output: Output, _ tell: @escaping (Int) throws -> Void,
    _ pages: (_ page: ([Row]) throws -> Void) throws -> Void
  ) throws -> Int {
    var writer = try RecordWriter<Row>(output)
    var count = 0
    try pages { rows in
      count += rows.count
      try writer.add(rows)
      try tell(count)
    }
    try writer.finish()
    return count
  }
}
