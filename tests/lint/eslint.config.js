// Only what is a fault or nearly always one; how code looks is nobody's business here.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
  "array-callback-return": "error",
  "eqeqeq": ["error", "always", { null: "ignore" }],
  "no-constructor-return": "error",
  "no-implied-eval": "error",
  "no-eval": "error",
  "no-new-func": "error",
  "no-self-compare": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable-loop": "error",
  "no-use-before-define": ["error", { functions: false, variables: false }],
  "no-var": "error",
  "prefer-const": ["error", { destructuring: "all" }],
};

export default [
  {
    files: ["**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2024, globals: { ...globals.browser, chrome: "readonly" } },
    rules,
  },
  { files: ["compose/*.js", "ui/*.js"], languageOptions: { sourceType: "script" } },
];
