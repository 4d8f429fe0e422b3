import Access
import Administration
import Store
import Terminal

/// Restoring and purging.
extension DeletedScreen {
  /// A name that a living one has, or whatever else would refuse it, is said where it is typed.
  func askName(_ row: DeletedRow) -> Effect<Self> {
    .open(
      NameDialog(
        title: "Restore \(row.kind.title)", label: "Under the name", value: row.name.text, action: "Restore"
      ) { [context] name in context.effectOfRestoring(row, name).problem }
    ) { .named(row, $0) }
  }

  func look(_ row: DeletedRow, _ name: Name) -> Effect<Self> {
    .run("looking what it does") { [context] in
      .looked(row, name, context.effectOfRestoring(row, name))
    }
  }

  func confirm(_ row: DeletedRow, _ name: Name, _ effect: AccessEffect) -> Effect<Self> {
    let other = row.name == name ? "" : " as \(quotedName(name))"
    return .open(
      EffectDialog(
        title: "Restore \(row.kind.title)",
        text: "Restore the \(row.kind.title) \(quotedName(row.name))\(other), with what it had?",
        points: row.kind.accountKind == nil ? [] : [TakingBack.restoringAccount], action: "Restore",
        effect: effect, isDestructive: false)
    ) { $0 == .confirm ? .restoring(row, name) : nil }
  }

  func restore(_ row: DeletedRow, _ name: Name) -> Effect<Self> {
    .run("restoring") { [context] in
      .done(
        context.undoable("\(quotedName(name)) restored"),
        context.change { try $0.restore(row.thing, as: name) }.problem)
    }
  }

  func askToPurge(_ row: DeletedRow) -> Effect<Self> {
    .open(
      EffectDialog(
        title: "Purge \(row.kind.title)", text: "Purge the \(row.kind.title) \(quotedName(row.name))?",
        points: [TakingBack.purging], action: "Purge", isDestructive: true, typing: row.name.text
      ) { [context] in
        context.effect { administration in try administration.change { _ = try $0.purge(row.thing) } }
      }
    ) { $0 == .confirm ? .purging(row) : nil }
  }

  func purge(_ row: DeletedRow) -> Effect<Self> {
    .run("purging") { [context] in
      .done(
        "\(quotedName(row.name)) purged for good", context.change { try $0.purge(row.thing) }.problem)
    }
  }
}

extension ConsoleContext {
  fileprivate func effectOfRestoring(_ row: DeletedRow, _ name: Name) -> Result<AccessEffect, Problem> {
    effect { administration in try administration.change { _ = try $0.restore(row.thing, as: name) } }
  }
}
