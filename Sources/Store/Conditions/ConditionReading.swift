internal import Access

/// Reads the words of conditions on the things of one list.
struct ConditionReading {
  private let kind: ListedKind

  init(_ kind: ListedKind) { self.kind = kind }

  /// The condition that a word is; nil for a plain word.
  func condition(_ word: ConditionWord) throws(ConditionProblem) -> WrittenCondition? {
    guard let (written, comparison) = word.head else { return label(word) }
    let isNegated = written.hasPrefix("-")
    let text = String(isNegated ? written.dropFirst() : written[...])
    guard let key = ConditionKey(rawValue: text.lowercased()) else { throw .unknownKey(text, kind) }
    guard let rule = ConditionRule.rules(of: kind).first(where: { $0.key == key }) else {
      throw .notOfList(key, kind)
    }
    guard rule.operators.contains(comparison) else { throw .badOperator(rule, kind) }
    var condition = WrittenCondition(key, try value(word.text, comparison, rule))
    condition.isNegated = isNegated
    return condition
  }

  /// A label without its key: `env=prod`.
  private func label(_ word: ConditionWord) -> WrittenCondition? {
    guard !word.isQuoted, ConditionRule.rules(of: kind).contains(where: { $0.key == .label }) else {
      return nil
    }
    return (try? Label(word.text)).map { WrittenCondition(.label, .label($0)) }
  }

  private func value(
    _ text: String, _ comparison: ConditionOperator, _ rule: ConditionRule
  ) throws(ConditionProblem) -> WrittenCondition.Value {
    switch rule.form {
    case .owner: return .owner(try owner(text))
    case .network where text.isEmpty: return .network(nil)
    default: break
    }
    guard !text.isEmpty else { throw .noValue(rule, kind) }
    let bad = ConditionProblem.badValue(text, rule, kind)
    switch rule.form {
    case .name, .owner: return .name(try name(text))
    case .label: return try label(text)
    case .state: return .state(try found(kind.states, \.word, text, bad))
    case .kind: return .kind(try found(kind.kinds, \.word, text, bad))
    case .network:
      guard let network = Network(text) else { throw bad }
      return .network(network)
    case .end, .past, .age: return .time(try time(text, comparison, rule))
    }
  }

  private func name(_ text: String) throws(ConditionProblem) -> Name {
    do { return try Name(text) } catch { throw .name(error) }
  }

  private func owner(_ text: String) throws(ConditionProblem) -> WrittenOwner {
    if text.isEmpty || text == "none" { return .nobody }
    if text.hasPrefix(Owner.userPrefix) {
      return .user(try name(String(text.dropFirst(Owner.userPrefix.count))))
    }
    do { return .either(try OwnerText(text)) } catch { throw .owner(error) }
  }

  private func label(_ text: String) throws(ConditionProblem) -> WrittenCondition.Value {
    if Label.isKey(text) { return .labelKey(text) }
    do { return .label(try Label(text)) } catch { throw .label(error) }
  }

  private func found<Choice>(
    _ choices: [Choice], _ word: (Choice) -> String, _ text: String, _ bad: ConditionProblem
  ) throws(ConditionProblem) -> Choice {
    let wanted = ConditionState.folded(text)
    guard let choice = choices.first(where: { ConditionState.folded(word($0)) == wanted }) else { throw bad }
    return choice
  }

  private func time(
    _ text: String, _ comparison: ConditionOperator, _ rule: ConditionRule
  ) throws(ConditionProblem) -> WrittenTime {
    let bad = ConditionProblem.badValue(text, rule, kind)
    guard comparison != .equals else {
      if text.lowercased() == "never", rule.form == .end || rule.form == .past(mayBeNever: true) {
        return .never
      }
      // A day is written with 10 characters; other texts name one instant, at which hardly anything happens.
      guard text.utf8.count == 10, let day = Timestamp(text) else { throw bad }
      return .day(day)
    }
    let mark: WrittenTime.Mark
    if let span = try? TimeSpan(text) {
      mark = .span(span)
    } else if rule.form != .age, let instant = Timestamp(text) {
      mark = .instant(instant)
    } else {
      throw bad
    }
    return comparison == .less ? .less(mark) : .more(mark)
  }
}
