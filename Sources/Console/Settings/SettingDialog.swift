import Access
import Administration
import Terminal

/// Asks for the value of a setting; what was typed is judged while it is typed.
struct SettingDialog: FormDialog {
  enum Field: FormField { case value, accept, cancel }
  typealias Outcome = SettingRow.ID

  private let row: SettingRow
  private let context: ConsoleContext
  var form: Form<Field>
  private var problem: Problem?
  var columns = Self.widest
  static var widest: Int { 60 }

  init(_ row: SettingRow, context: ConsoleContext) {
    self.row = row
    self.context = context
    let value = row.value ?? row.setting.standard
    form = Form(
      [
        .note(row.title, .bold), .note(row.setting.meaning, .plain), .gap, Self.field(row.setting, value),
        .gap, .note("It takes \(row.setting.bounds).", .muted), .gap,
        .buttons([Button(.accept, "Save", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .value)
  }

  private static func field(_ setting: Setting, _ value: SettingValue) -> FormItem<Field> {
    if case .flag(let isOn) = value {
      var choices = RadioGroup("Value", options: ["on", "off"])
      choices.select(isOn ? 0 : 1)
      return .radio(.value, choices)
    }
    return .text(
      .value,
      TextField("Value", value: value.text, maximum: 260, placeholder: setting.words(setting.standard)))
  }

  let title = "Change setting"
  var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns) + problemLines.count))
  }
  private var problemLines: [String] { problem.map { wrap($0.line, columns: columns) } ?? [] }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    self.problem = problem
    return .none
  }

  mutating func changed(_ field: Field) -> Effect<Message> {
    problem = nil
    form.setComplaint(.value, value.problem?.message)
    return .none
  }

  private var value: Result<SettingValue, SettingProblem> {
    if let choice = form.choice(.value) { return .success(.flag(choice == 0)) }
    do throws(SettingProblem) { return .success(try row.setting.value(form.text(.value))) } catch {
      return .failure(error)
    }
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch value {
    case .failure(let problem): return complain(.value, problem.message)
    case .success(let value) where value == row.value: return .close
    case .success(let value):
      return busy(
        context.save(title, "saving") { [row] in
          try $0.set(row.setting, to: value, for: row.id.user)
          return row.id
        } ended: {
          .ended($0)
        })
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (rest, bottom) = frame.bounds.splitBottom(problemLines.count)
    drawForm(in: rest, on: &frame)
    for (offset, line) in problemLines.enumerated() {
      frame.put(line, column: bottom.column, row: bottom.row + offset, style: Style(.danger, .bold))
    }
  }
}
