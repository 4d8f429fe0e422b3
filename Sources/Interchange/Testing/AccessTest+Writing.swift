package import Access
package import Administration

extension Verdict {
  /// A test that expects the same request to be denied at a step, as the text of a file of tests.
  ///
  /// - Parameters:
  ///   - step: the step that denied.
  ///   - name: the name of the test.
  package func test(deniedAt step: DecisionStep, named name: String) -> String {
    let expected = DocumentValue.entry { (key: ExpectedDecisionKey) in
      switch key {
      case .decision: .text("deny")
      case .step: .text(step.rawValue)
      case .pairs: nil
      }
    }
    let test = DocumentValue.entry { (key: AccessTestKey) in
      switch key {
      case .name: .text(name)
      case .check: check
      case .expect: expected
      case .viewers, .access: nil
      }
    }
    return DocumentValue.entry { (key: AccessTestFileKey) in
      switch key {
      case .popsecTest: .literal(String(AccessTestFile.version))
      case .tests: .list([test])
      }
    }.yaml
  }

  /// The request by the keys of a check.
  private var check: DocumentValue {
    .entry { (key: CheckLine.Key) in
      key == .api ? isAPI ? .literal("true") : nil : text(key).map { .text($0) }
    }
  }

  private var isAPI: Bool { if case .api = request.surface { true } else { false } }

  private func text(_ key: CheckLine.Key) -> String? {
    switch key {
    case .apiUser: account(.apiUser)
    case .user: account(.user)
    case .tokenName:
      if case .token(let token, _) = request.asker { text(token, \.tokens) } else { nil }
    case .widget: if case .widget(let widget) = request.surface { text(widget, \.widgets) } else { nil }
    case .endpoint:
      if case .endpoint(let endpoint, _) = request.surface { text(endpoint, \.endpoints) } else { nil }
    case .method: if case .endpoint(_, let method) = request.surface { method.rawValue } else { nil }
    case .connector:
      if case .api(let connector) = request.surface { text(connector, \.connectors) } else { nil }
    case .company: request.company.flatMap { text($0, \.companies) }
    case .list: request.list.flatMap { text($0, \.lists) }
    case .action, .detail, .listAction: item(key)
    case .at: request.at?.description
    case .source: request.source?.description
    case .token, .api: nil
    }
  }

  private func account(_ kind: AccountKind) -> String? {
    let account: AccountReference? =
      switch request.asker {
      case .account(let account), .token(_, let account): account
      default: nil
      }
    guard let account, account.kind == kind else { return nil }
    switch account.account {
    case .named(let name): return name.text
    case .id(let id): return names.accounts[id]?.name.text
    case .noName: return nil
    }
  }

  private func item(_ key: CheckLine.Key) -> String? {
    guard let item = request.item, item.kind.rawValue == key.rawValue else { return nil }
    switch item.item {
    case .named(let name): return name.text
    case .id(let id): return names.items[id]?.name.text
    case .noName: return nil
    }
  }

  private func text<Kind>(
    _ reference: Reference<Kind>, _ known: KeyPath<NameBook, [Identifier<Kind>: Name]>
  ) -> String? {
    switch reference {
    case .named(let name): name.text
    case .id(let id): names[keyPath: known][id]?.text
    case .noName: nil
    }
  }
}
