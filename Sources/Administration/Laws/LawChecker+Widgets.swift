package import Access
internal import Store

/// Open widgets, which may break laws as subjects do.
extension LawChecker {
  /// The laws that a widget breaks by asking for no token.
  ///
  /// Errors: ``StoreError``.
  package func breaches(by widget: Widget) throws -> [Broken] {
    guard widget.isOpen else { return [] }
    return try laws.indices.compactMap { index in
      guard laws[index].form.meansOpenWidgets else { return nil }
      let ground = LawGround(parts: try source.parts([widget.connector]))
      return firstBreach(of: try found(index).law, by: widget, in: ground, at: now)
        .map { Broken(law: laws[index], breach: $0) }
    }
  }

  /// The laws that a widget breaks by what it shows now and did not show in another state.
  ///
  /// Errors: ``StoreError``.
  func breaches(by widget: Widget, before: AccessSource) throws -> [Broken] {
    let was = try before.reader.widget(widget.id)
    return try breaches(by: widget).compactMap { broken in
      guard let index = laws.firstIndex(where: { $0.name == broken.law.name }) else { return broken }
      let written = try before.reader.law(named: NameKey(broken.law.name))
      guard let was, let written else { return broken }
      return newBreach(
        of: try found(index).law, by: widget, in: LawGround(parts: try source.parts([widget.connector])),
        before: (was, LawGround(parts: try before.parts([was.connector]))),
        lawBefore: try LawFinder(before, later: source).find(written), at: now
      ).map { Broken(law: broken.law, breach: $0) }
    }
  }
}

extension LawForm<AsWritten> {
  /// Whether an open widget may break the law, as it shows to everybody what no API user may ever see.
  var meansOpenWidgets: Bool { if case .never(let who, _) = self { who.apiUsers == .all } else { false } }
}
