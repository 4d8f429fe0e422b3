import Access
import Administration
import Store
import Terminal

extension UndoEntry: Identifiable { package var id: Int64 { number } }

/// Undo: the person's own last changes, the latest first. It starts on the change that is most likely meant.
struct UndoScreen: ListScreen {
  typealias Message = LoadedList<Numbered<UndoEntry>>.Message

  let title = "Undo"
  var pageName: String? { "undo" }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<UndoEntry>>

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          .minutes("time", "Time", context, priority: 1) { $0.at },
          ListColumn("what", "What you did", width: .flexible(least: 24, weight: 4)) {
            ListCell($0.title, $0.canBeUndone ? .plain : .muted)
          },
          ListColumn("why", "Can't be undone", width: .flexible(least: 17, weight: 1)) {
            ListCell($0.whyNot ?? "", .muted)
          },
        ], emptyLine: "You changed nothing that is kept", isFilterable: false),
      source: .whole(
        "reading your changes",
        start: { entries in
          let next = Administration.nextUndo(of: entries)
          return entries.firstIndex { $0.number == next?.number }
        }
      ) { try context.administration.ownChanges() })
  }

  /// Whether there may be something to undo for this person.
  static func isOffered(_ context: ConsoleContext) -> Bool { context.administration.mayUndo }

  var inset: Int { 1 }
  var heading: [ListCell] {
    [ListCell("Your own changes; what others changed since is not undone", .muted)]
  }

  var actions: [KeyBinding<Message>] {
    [onRow(.enter, "u", hint: "undo", help: "show what undoing it does, then ask") { look($0.value) }]
  }

  private func look(_ entry: UndoEntry) -> Effect<Message> {
    .run("looking what it does") {
      Problem.catching { try context.administration.tryUndo(entry.number) }
    } then: { trial in
      switch trial {
      case .success(let trial): ask(trial)
      case .failure(let problem): .open(Self.refusal(problem))
      }
    }
  }

  private func ask(_ trial: UndoTrial) -> Effect<Message> {
    let final = trial.preview.isFinal ? [TakingBack.never] : []
    return EffectDialog(
      title: "Undo", text: "Undo what you did \(context.clock.told(trial.entry.at)): \(trial.entry.title)?",
      points: final + trial.preview.lines, action: "Undo", effect: trial.effect,
      times: context.clock.words, isDestructive: trial.preview.isFinal
    ).confirmed(carryOut(trial.entry))
  }

  private func carryOut(_ entry: UndoEntry) -> Effect<Message> {
    .run("undoing") {
      Problem.catching { try context.administration.undo(entry.number) }.problem
    } then: { problem in
      switch problem {
      case nil: .batch(.toast(entry.titleOfUndoing, .good), .close)
      case let problem? where problem.isWaiting: .batch(.toast(problem), .close)
      case let problem?: .batch(.open(Self.refusal(problem)), .refresh)
      }
    }
  }

  /// Shows why undoing is refused, such as who changed the thing since, and when.
  private static func refusal(_ problem: Problem) -> ConfirmDialog {
    ConfirmDialog.message(
      title: "Not undone", text: problem.message.uppercasingFirst + ".",
      points: problem.hint.map { [$0] } ?? [])
  }
}
