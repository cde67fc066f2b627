namespace Hub.Client;

/// <summary>Why a figure is absent.</summary>
public enum AbsenceReason
{
    /// <summary>It exists, but the administration does not have it.</summary>
    NotAvailable = 1,

    /// <summary>It cannot exist here, for example export hours of an administration without exports.</summary>
    NotApplicable = 2,

    /// <summary>The administration has it and does not give it.</summary>
    NotDisclosed = 3,
}
