import Access
import Administration
import Terminal

/// Asks for the form and the file of a list. Its outcome is the file.
struct WriteListDialog: FormDialog {
  enum Field: FormField { case format, path, write, cancel }
  typealias Outcome = ListFile

  let title = "Write the list"
  private let export: ListExport
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 64 }
  private static let formats = ListExport.Format.allCases

  init(_ export: ListExport) {
    self.export = export
    let rows = export.filter.isEmpty ? "All rows." : "All rows that match \(export.filter)."
    let items: [FormItem<Field>] = [
      .note(rows + " Only you may read the file.", .plain), .gap,
      .radio(.format, RadioGroup("Format", options: Self.formats.map { $0.rawValue.uppercased() })),
      .text(.path, TextField("File", value: export.fileName(.csv), maximum: 1_000)), .gap,
      .buttons([Button(.write, "Write", isDefault: true), Button(.cancel, "Cancel")]),
    ]
    form = Form(items, focus: .path)
  }

  private var format: ListExport.Format { Self.formats[form.choice(.format) ?? 0] }

  mutating func changed(_ field: Field) -> Effect<Message> {
    // A name that nobody typed follows the form.
    if field == .format, Self.formats.contains(where: { form.text(.path) == export.fileName($0) }) {
      form.setText(.path, export.fileName(format))
    }
    return complain(field, nil)
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let path = form.text(.path)
    guard !path.isEmpty else { return complain(.path, "a file is missing") }
    return close(with: ListFile(export: export, format: format, path: path, isReplacing: false))
  }
}

extension ListScreen {
  /// The key that writes the list into a file.
  func writingList(_ context: ConsoleContext, _ list: ListExport.List) -> KeyBinding<Message> {
    let export = ListExport(list, filter: rows.list.filter.text)
    let total = rows.list.total
    return KeyBinding(
      "E", hint: "write list", help: "write the filtered list as CSV or JSON",
      group: ConsoleContext.copyGroup
    ) { context.write(export, total: total) }.hintedWhereRoom()
  }
}

extension ConsoleContext {
  /// Asks for a file and writes a list into it. Whoever has no files here is shown the command that prints the list.
  /// - Parameter total: the number of rows; nil where it is not known yet.
  func write<Message: Sendable>(_ export: ListExport, total: Int?) -> Effect<Message> {
    guard let writeList else {
      return .reading("reading your roles") {
        try administration.authority().serviceAccount
      } then: { account in
        .open(ElsewhereScreen(export, as: account, context: self))
      }
    }
    return .ask(WriteListDialog(export)) { write($0, total: total, writeList) }
  }

  private func write<Message: Sendable>(
    _ file: ListFile, total: Int?, _ writeList: @escaping ListWriting
  ) -> Effect<Message> {
    .ask(WritingDialog(file, total: total, writeList)) { written in
      switch written {
      case .written(let rows):
        return .toast("\(rows.grouped) \(rows == 1 ? "row" : "rows") written to \(file.path)", .good)
      case .stopped: return .toast("stopped: nothing was written to \(file.path)")
      case .exists:
        let replacing = ListFile(
          export: file.export, format: file.format, path: file.path, isReplacing: true)
        let ask: Effect<Message> = ConfirmDialog.destructive(
          title: "Replace the file", text: "There is a file \(file.path). Replace it?",
          points: ["what is in it now is gone"], action: "Replace"
        ).confirmed(write(replacing, total: total, writeList))
        // This stays where the person leaves the file as it is.
        return .batch(.toast("nothing was written: there is a file \(file.path)", .warning), ask)
      }
    }
  }
}
