using Orleans.Concurrency;

namespace Hub.Silo.Administrations;

/// <summary>One administration; its key is the administration's code. The only writer of its stream.</summary>
[Alias("hub.administration")]
internal interface IAdministrationGrain : IGrainWithStringKey
{
    [Alias("validate"), ReadOnly]
    Task<IReadOnlyList<Violation>> ValidateAsync(Draft draft);

    [Alias("create")]
    Task<Decision<SubmissionAnswer>> CreateAsync(CreateCommand command);

    [Alias("correct")]
    Task<Decision<SubmissionAnswer>> CorrectAsync(CorrectCommand command);

    [Alias("withdraw")]
    Task<Decision<SubmissionAnswer>> WithdrawAsync(WithdrawCommand command);

    [Alias("erase")]
    Task<Decision<SubmissionAnswer>> EraseAsync(EraseCommand command);

    [Alias("confirm-erasure")]
    Task<Decision<SubmissionAnswer>> ConfirmErasureAsync(ConfirmErasureCommand command);

    [Alias("get"), ReadOnly]
    Task<Decision<SubmissionAnswer>> GetAsync(Guid submission);

    [Alias("list"), ReadOnly]
    Task<IReadOnlyList<SubmissionAnswer>> ListAsync(string collection);

    [Alias("receipt"), ReadOnly]
    Task<Decision<SubmissionAnswer>> GetReceiptAsync(Guid submission, int version);
}
