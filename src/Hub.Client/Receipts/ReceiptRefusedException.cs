using Grpc.Core;
using Hub.Transparency;

namespace Hub.Client;

/// <summary>
/// The Hub answered with a receipt that does not prove what was asked of it: it does not verify against the pinned log key, or it records
/// something else than was sent. An act may have been recorded (<see cref="HubException.RecordedName"/>); do not rely on it.
/// </summary>
public sealed class ReceiptRefusedException : HubException
{
    internal ReceiptRefusedException(
        string why, ReceiptFailure failure = ReceiptFailure.None, string? receiptJson = null, string what = "receipt")
        : base($"The {what} is refused. {why}", StatusCode.DataLoss) => (Failure, ReceiptJson) = (failure, receiptJson);

    /// <summary>What does not verify; <see cref="ReceiptFailure.None"/> if the receipt is genuine but of something else.</summary>
    public ReceiptFailure Failure { get; }

    /// <summary>The refused receipt as a file, as evidence. Confidential: it has the payload. Null if there was none.</summary>
    public string? ReceiptJson { get; }
}
