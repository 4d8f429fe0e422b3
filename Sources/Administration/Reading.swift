internal import Access
package import Store

/// What permissions let somebody read, expressed as the type of the reader that they get.
///
/// Only the readings below exist, so nobody outside the use cases can ask for more.
package struct Reading<Reader> {
  /// The permissions, of which any one suffices. A refusal names the first.
  let permissions: [Permission]
  let narrowed: (any StoreReader) -> Reader
}

extension Reading<any SecurityReader> {
  package static var security: Reading<any SecurityReader> { Self(permissions: [.securityRead]) { $0 } }
  /// The data with which an import is compared.
  package static var catalogueImport: Self { Self(permissions: [.catalogueManage]) { $0 } }
}

extension Reading<any AuditReader> {
  package static var audit: Self { Self(permissions: [.auditRead]) { $0 } }
}

extension Reading<any CatalogueReader> {
  /// The widgets, which people who may add tokens for them see as well.
  package static var widgets: Self {
    Self(permissions: [.securityRead, .widgetsAddToken, .widgetsManage]) { $0 }
  }
}

extension Reading<any StoreReader> {
  /// For use cases that hand on less than they read. They need one of these permissions.
  static func useCase(_ permissions: Permission...) -> Self { Self(permissions: permissions) { $0 } }
}
