/// The case of the widgets for Mexico and the US.
enum BusinessCentral {
  static let catalogue = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists:
            - name: Sales Orders
              group: Sales
              actions: [Release order]
              details: [Order lines]
              listActions: [Export to Excel]
            - {name: Sales Invoices, group: Sales, details: [Invoice lines]}
            - {name: Sales Quotes, group: Sales}
            - {name: Purchase Orders, group: Purchasing}
            - {name: Vendors, group: Purchasing}
      widgets:
        - name: Sales
          url: https://portal.example.com/widgets/sales
          connector: Business Central
          lists: [Sales Orders, Sales Invoices]
    """

  /// API users, after ``catalogue``.
  static func apiUsers(_ yaml: String) -> String { "popsec: 1\napiUsers:\n" + yaml }
}
