internal import Access
package import Store

/// What permissions let somebody read, as the type of the reader that they are handed.
///
/// Only the ones below exist: nobody outside the use cases can ask for more.
package struct Reading<Reader> {
  /// Any one of them is enough; a refusal names the first.
  let permissions: [Permission]
  let narrowed: (any StoreReader) -> Reader
}

extension Reading<any SecurityReader> {
  package static var security: Reading<any SecurityReader> { Self(permissions: [.securityRead]) { $0 } }
  /// What an import is compared with.
  package static var catalogueImport: Self { Self(permissions: [.catalogueManage]) { $0 } }
}

extension Reading<any AuditReader> {
  package static var audit: Self { Self(permissions: [.auditRead]) { $0 } }
}

extension Reading<any CatalogueReader> {
  /// Widgets are seen by whoever may add tokens for them, too.
  package static var widgets: Self {
    Self(permissions: [.securityRead, .widgetsAddToken, .widgetsManage]) { $0 }
  }
}

extension Reading<any StoreReader> {
  /// For use cases that hand on less: what they read themselves is for whoever has one of these permissions.
  static func useCase(_ permissions: Permission...) -> Self { Self(permissions: permissions) { $0 } }
}
